package io.jobaudit.simulator;

import io.jobaudit.simulator.Statistics.SimulatedOutcome;

/** An answer other than a job. */
record SimulatedError(SimulatedOutcome outcome, int status, String code, String message) {

	static final SimulatedError THROTTLED = new SimulatedError(SimulatedOutcome.THROTTLED, 400, "Throttling.User",
			"Request was denied due to user flow control.");

	static SimulatedError badSignature(String code, String message) {
		return new SimulatedError(SimulatedOutcome.BAD_SIGNATURE, 400, code, message);
	}

	static SimulatedError other(int status, String code, String message) {
		return new SimulatedError(SimulatedOutcome.OTHER_ERROR, status, code, message);
	}

	static SimulatedError of(JobIdKind kind, String jobId) {
		return switch (kind) {
			case UNKNOWN -> new SimulatedError(SimulatedOutcome.NOT_FOUND, 404, "ResourceNotFound",
					"The specified resource job " + jobId + " cannot be found.");
			case ODD -> other(Draw.share(0, jobId, 0) < 0.5 ? 418 : 400, "UnsupportedTeapot", "The job is a teapot.");
			case FORBIDDEN -> other(403, "Forbidden.RAM", "User not authorized to operate on the specified resource.");
			case BROKEN -> other(500, "InternalError", "The request processing has failed due to an unknown error.");
			default -> other(400, "InvalidParameter.JobId", "The parameter JobId is invalid.");
		};
	}

	WholeReply reply(String requestId, String host) {
		return WholeReply.json(this.status, requestId, """
				{"RequestId":"%s","HostId":"%s","Code":"%s","Message":"%s",\
				"Recommend":"https://api.alibabacloud.com/troubleshoot?q=%3$s"}""".formatted(requestId, host, this.code,
				this.message));
	}

	/** As some of the vendor's gateways write it: with keys in lower case. */
	WholeReply lowerCaseReply(String requestId) {
		return WholeReply.json(this.status, requestId, "{\"requestId\":\"%s\",\"code\":\"%s\",\"message\":\"%s\"}"
			.formatted(requestId, this.code, this.message));
	}

}
