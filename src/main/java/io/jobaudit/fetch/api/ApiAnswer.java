package io.jobaudit.fetch.api;

import java.util.List;

import tools.jackson.databind.node.ObjectNode;

/**
 * What one call returned: the answer, or an error that says what can be done about it.
 */
public sealed interface ApiAnswer permits ApiAnswer.JobAnswer, ListRequest.ListAnswer, ApiError {

	/**
	 * A 200 that describes a smart job.
	 *
	 * @param httpStatus status of the answer
	 * @param requestId the vendor's request id, from the header or else the body; empty
	 * for none
	 * @param body the answer's JSON object, field order kept
	 * @param bytesReplaced whether the body held bytes that are not UTF-8; each of them
	 * is U+FFFD in {@code body}
	 * @param duplicateFields paths of fields that occurred twice, such as
	 * {@code JobResult.Usage}; {@code body} has the last of them
	 */
	record JobAnswer(int httpStatus, String requestId, ObjectNode body, boolean bytesReplaced,
			List<String> duplicateFields) implements ApiAnswer {

		public JobAnswer {
			duplicateFields = List.copyOf(duplicateFields);
		}
	}

}
