package io.jobaudit.fetch.api;

import java.util.Map;

import io.jobaudit.PostgresText;
import io.jobaudit.SmartJobId;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks about one smart job.
 *
 * @param id its id
 */
public record JobRequest(SmartJobId id) implements ApiRequest {

	public static final String ACTION = "GetSmartHandleJob";

	@Override
	public String action() {
		return ACTION;
	}

	@Override
	public Map<String, String> query() {
		return Map.of("JobId", this.id.value());
	}

	@Override
	public String wanted() {
		return "a job";
	}

	@Override
	public boolean isAnsweredBy(ObjectNode body) {
		return body.hasNonNull("State") || body.hasNonNull("SmartJobInfo");
	}

	@Override
	public ApiAnswer answer(int httpStatus, String requestId, JsonBody body) {
		ApiAnswer.JobAnswer answer = new ApiAnswer.JobAnswer(httpStatus, requestId, body.object(), body.bytesReplaced(),
				body.duplicateFields());
		String found = AnswerReader.field(body.object(), "JobId");
		if (answer.duplicateFields().contains("JobId")) {
			return wrongJob(answer, "the answer has several job ids; the last one is " + cut(found));
		}
		return (found.isEmpty() || found.equalsIgnoreCase(this.id.value())) ? answer
				: wrongJob(answer, "the answer is about another job, " + cut(found));
	}

	/** Never stored, neither under the requested id nor under the other one. */
	private static ApiError wrongJob(ApiAnswer.JobAnswer answer, String message) {
		return ApiError.transientFault(answer.httpStatus(), "WrongJobId", message, answer.requestId());
	}

	private static String cut(String id) {
		return PostgresText.cut(id, 2 * SmartJobId.MAX_LENGTH);
	}

	@Override
	public String toString() {
		return this.id.value();
	}

}
