package io.jobaudit.simulator;

/**
 * The API's answer to a call that meets no fault.
 *
 * @param outcome what it counts as
 * @param reply the response
 */
record ProperAnswer(SimulatedOutcome outcome, WholeReply reply) {

	static ProperAnswer to(ApiCall call, String requestId) {
		String jobId = call.jobId();
		JobIdKind kind = JobIdKind.of(jobId);
		return switch (kind) {
			case EXISTING -> new ProperAnswer(SimulatedOutcome.JOB, job(jobId, requestId));
			case LARGE, GBK, BOM, TWICE, NUMBERS ->
				new ProperAnswer(SimulatedOutcome.JOB, OddBody.of(kind, job(jobId, requestId)));
			case GARBLED -> new ProperAnswer(SimulatedOutcome.OTHER_ERROR, job(jobId, requestId).garbled());
			case OTHER -> new ProperAnswer(SimulatedOutcome.OTHER_ERROR, job("another-" + jobId, requestId));
			case HUGE, BOMB, DEEP, TRAILING, DOUBLED, EMPTY, ARRAY, NULL, UTF16, CONTROL ->
				new ProperAnswer(SimulatedOutcome.OTHER_ERROR, OddBody.of(kind, job(jobId, requestId)));
			default -> error(SimulatedError.of(kind, jobId), call, requestId);
		};
	}

	static ProperAnswer error(SimulatedError error, ApiCall call, String requestId) {
		return new ProperAnswer(error.outcome(), error.reply(requestId, call.header("host")));
	}

	private static WholeReply job(String jobId, String requestId) {
		return WholeReply.json(200, requestId, SimulatedJobs.create(jobId).body(requestId));
	}

}
