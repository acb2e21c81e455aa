package io.jobaudit.simulator;

import java.util.Random;

/**
 * Why a job failed.
 *
 * @param code error code
 * @param message the failure in words
 */
record SimulatedFailure(String code, String message) {

	private static final Weighted<SimulatedFailure> MOSTLY = Weighted
		.of(new SimulatedFailure("InvalidParameter.InputFile",
				"The specified InputFile cannot be read: oss://media-bucket.oss-cn-shanghai.aliyuncs.com/in/%d.mp4"),
				34)
		.or(new SimulatedFailure("FileNotExist", "The input file in/%d.mp4 does not exist."), 22)
		.or(new SimulatedFailure("InternalError", "The job failed due to an unknown error, trace %d."), 12)
		.or(new SimulatedFailure("JobTimeout", "The job did not end within %d seconds."), 9)
		.or(new SimulatedFailure("InvalidParameter.EditingConfig", "EditingConfig is not valid at offset %d."), 7)
		.or(new SimulatedFailure("DurationExceedLimit", "The input is longer than the limit, %d s."), 6)
		.or(new SimulatedFailure("ContentModerationRejected", "The content did not pass review, case %d."), 4)
		.or(new SimulatedFailure("OssAccessDenied", "OSS denied access to the output, request %d."), 3)
		.or(new SimulatedFailure("UnsupportedAudioCodec", "Audio stream %d has a codec that is not supported."), 2)
		.or(new SimulatedFailure("QuotaExceed", "The concurrency quota of account %d is used up."), 0.7)
		.or(new SimulatedFailure("LanguageNotSupported", "The language of segment %d is not supported."), 0.3);

	private static final SimulatedFailure NO_VOCAL = new SimulatedFailure("SpeechTranslationNoValidVocal",
			"The speech translation job failed due to lack of valid vocal voice data.");

	private static final Weighted<SimulatedFailure> TRANSLATION = MOSTLY.or(NO_VOCAL, 150);

	private static final int LONG_MESSAGE = 40_000;

	static SimulatedFailure of(String jobType, Random random) {
		Weighted<SimulatedFailure> failures = jobType.equals("VideoTranslation") ? TRANSLATION : MOSTLY;
		SimulatedFailure failure = failures.pick(random);
		String message = failure.message().formatted(random.nextInt(100_000));
		return new SimulatedFailure(failure.code(), unruly(message, random));
	}

	private static String unruly(String message, Random random) {
		if (random.nextDouble() < 0.01) {
			return (message + " ").repeat(LONG_MESSAGE / message.length()).substring(0, LONG_MESSAGE);
		}
		return HostileText.sometimes(message, random);
	}

}
