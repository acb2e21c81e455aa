package io.jobaudit.fetch.api;

import java.util.Map;

import tools.jackson.databind.node.ObjectNode;

/** What the API is asked for, and which body answers it. */
public sealed interface ApiRequest permits JobRequest, ListRequest {

	String action();

	/** Parameters, not encoded. */
	Map<String, String> query();

	/** What is asked for, as part of a sentence. */
	String wanted();

	/** Whether a body holds what is asked for. */
	boolean isAnsweredBy(ObjectNode body);

	/**
	 * Turns such a body into an answer.
	 * @param httpStatus HTTP status of the answer
	 * @param requestId the vendor's request id; empty for none
	 * @param body the body
	 */
	ApiAnswer answer(int httpStatus, String requestId, JsonBody body);

}
