package io.jobaudit.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import io.jobaudit.simulator.JobJson.SimulatedUsage;
import org.jspecify.annotations.Nullable;

/** Every job of the simulator, generated from its id alone, always the same. */
public final class SimulatedJobs {

	/** Jobs were created within the 60 days that end here. */
	public static final Instant LATEST = Instant.parse("2026-11-20T00:00:00Z");

	private static final int DAYS = 60;

	private static final Weighted<String> STATES = Weighted.of("Finished", 82)
		.or("Failed", 12)
		.or("Executing", 4)
		.or("Created", 1.5)
		.or("Creating", 0.3)
		.or("Cancelled", 0.2);

	private static final Weighted<String> TYPES = Weighted.of("ASR", 38)
		.or("TextGenerate", 25)
		.or("TextToSpeech", 20)
		.or("VideoTranslation", 10)
		.or("DynamicChart", 7);

	private static final Weighted<String> COST_CENTERS = Weighted.of("CC-1010", 40)
		.or("CC-2020", 30)
		.or("CC-3030", 20)
		.or("CC-4711", 10);

	private static final Weighted<String> DEPARTMENTS = Weighted.of("marketing", 5)
		.or("newsroom", 3)
		.or("\u6559\u80b2", 2);

	private SimulatedJobs() {
	}

	/** The job of an id; empty for every id that is not answered with a job. */
	public static Optional<SimulatedJob> of(String jobId) {
		return JobIdKind.of(jobId).isReadable() ? Optional.of(create(jobId)) : Optional.empty();
	}

	static SimulatedJob create(String jobId) {
		return create(jobId, false);
	}

	static SimulatedJob create(String jobId, boolean isLater) {
		// by contract, only this generator gives the same numbers on every JDK
		Random random = new Random(Draw.bits(0, jobId, 0));
		Instant createTime = createTime(random);
		String first = STATES.pick(random);
		String state = (isLater && endsLater(jobId, first)) ? "Finished" : first;
		String type = TYPES.pick(random);
		SimulatedUsage usage = SimulatedUsage.of(type, state, random);
		SimulatedFailure failure = state.equals("Failed") ? SimulatedFailure.of(type, random) : null;
		String title = HostileText.sometimes("default_title_" + createTime, random);
		String userData = userData(random);
		SimulatedJob facts = new SimulatedJob(jobId, state, type, (failure != null) ? failure.code() : null,
				(failure != null) ? failure.message() : null, usage.totalTokens(), usage.unreadable(), title, userData,
				createTime, "{}");
		return facts.withJson(new JobJson(facts, usage, random).write());
	}

	/** Unfinished jobs end; of the failed ones, one in six is run again. */
	private static boolean endsLater(String jobId, String state) {
		return switch (state) {
			case "Executing", "Created", "Creating" -> Draw.share(1, jobId, 1) < 0.7;
			case "Failed" -> Draw.share(1, jobId, 1) < 1 / 6.0;
			default -> false;
		};
	}

	private static Instant createTime(Random random) {
		return LATEST.minusSeconds(random.nextInt((int) ChronoUnit.DAYS.getDuration().multipliedBy(DAYS).toSeconds()));
	}

	private static @Nullable String userData(Random random) {
		double form = random.nextDouble();
		if (form < 0.85) {
			return "{\"costCenter\":\"" + COST_CENTERS.pick(random) + "\",\"department\":\"" + DEPARTMENTS.pick(random)
					+ "\"}";
		}
		if (form < 0.9) {
			return HostileText.sometimes("batch 7, not JSON", random);
		}
		return (form < 0.95) ? "{\"NotifyAddress\":\"https://example.com/notify\"}" : null;
	}

	/** Why a job failed. */
	private record SimulatedFailure(String code, String message) {

		private static final Weighted<SimulatedFailure> MOSTLY = Weighted.of(new SimulatedFailure(
				"InvalidParameter.InputFile",
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

	/** Text that databases and spreadsheets reject or, worse, execute. */
	private static final class HostileText {

		private static final Weighted<String> PATTERNS = Weighted.of("=HYPERLINK(\"http://example.com/\",\"%s\")", 1)
			.or("+1+1 %s", 1)
			.or("@SUM(A1:A9) %s", 1)
			.or("%s\u0000NUL", 1)
			.or("%s \ud83d", 1)
			.or("\udc00 %s", 1)
			.or("%s \ud83d\ude80 \u667a\u80fd", 1)
			.or("%s,\"quoted\"\r\nsecond line\t\u0007", 1);

		/** The text as it is, or in few cases a hostile form of it. */
		static String sometimes(String text, Random random) {
			return random.nextDouble() < 0.03 ? PATTERNS.pick(random).formatted(text) : text;
		}

	}

	/**
	 * A choice between values of unequal weight; only the proportion of weights matters.
	 */
	static final class Weighted<T> {

		/** Each value by the sum of the weights up to and including its own. */
		private final NavigableMap<Double, T> values = new TreeMap<>();

		static <T> Weighted<T> of(T value, double weight) {
			return new Weighted<T>().or(value, weight);
		}

		Weighted<T> or(T value, double weight) {
			Weighted<T> more = new Weighted<>();
			more.values.putAll(this.values);
			more.values.put(sum() + weight, value);
			return more;
		}

		T pick(RandomGenerator random) {
			return this.values.higherEntry(random.nextDouble() * sum()).getValue();
		}

		private double sum() {
			return this.values.isEmpty() ? 0 : this.values.lastKey();
		}

	}

}
