package io.jobaudit.simulator;

import java.time.Instant;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * The true data of a job that the simulator knows: tests compare it with what an audit
 * made of the answers.
 *
 * @param jobId id
 * @param state state
 * @param jobType job type
 * @param errorCode why the job failed; on failed jobs only
 * @param errorMessage the failure in words, sometimes hostile; on failed jobs only
 * @param totalTokens tokens used, if the answer reports them in a readable form
 * @param usageUnreadable whether the answer has a usage that cannot be read
 * @param title title, sometimes hostile
 * @param userData the submitter's own text, usually JSON
 * @param createTime when the job was created, to the second
 * @param json the answer's JSON object, complete except for its {@code RequestId}
 */
public record SimulatedJob(String jobId, String state, String jobType, @Nullable String errorCode,
		@Nullable String errorMessage, OptionalLong totalTokens, boolean usageUnreadable, String title,
		@Nullable String userData, Instant createTime, String json) {

	SimulatedJob withJson(String answer) {
		return new SimulatedJob(this.jobId, this.state, this.jobType, this.errorCode, this.errorMessage,
				this.totalTokens, this.usageUnreadable, this.title, this.userData, this.createTime, answer);
	}

	/** The body of one answer. */
	String body(String requestId) {
		return "{\"RequestId\":\"" + requestId + "\"," + this.json.substring(1);
	}

}
