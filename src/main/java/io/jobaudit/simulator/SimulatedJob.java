package io.jobaudit.simulator;

import java.time.Instant;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * The true data of a job that the simulator knows: tests compare it with what an audit
 * made of the answers.
 *
 * @param errorMessage the failure in words, sometimes hostile; on failed jobs only
 * @param totalTokens tokens used, if the answer reports them in a readable form
 * @param json the answer's JSON object, complete except for its {@code RequestId}
 */
public record SimulatedJob(String jobId, String state, String jobType, @Nullable String errorCode,
		@Nullable String errorMessage, OptionalLong totalTokens, boolean usageUnreadable, String title,
		@Nullable String userData, Instant createTime, String json) {

	SimulatedJob withJson(String answer) {
		return new SimulatedJob(this.jobId, this.state, this.jobType, this.errorCode, this.errorMessage,
				this.totalTokens, this.usageUnreadable, this.title, this.userData, this.createTime, answer);
	}

	String body(String requestId) {
		return "{\"RequestId\":\"" + requestId + "\"," + this.json.substring(1);
	}

}
