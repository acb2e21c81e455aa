package io.jobaudit.fetch.api;

import java.util.Map;

import tools.jackson.databind.node.ObjectNode;

/** What the API is asked, and which body is the answer to it. */
public sealed interface ApiRequest permits JobRequest, ListRequest {

	/** Name of the operation. */
	String action();

	/** Parameters, not encoded. */
	Map<String, String> query();

	/** What is asked for, as part of a sentence. */
	String wanted();

	/** Whether a body holds what is asked for. */
	boolean isAnsweredBy(ObjectNode body);

	/**
	 * Makes an answer of such a body.
	 * @param httpStatus HTTP status of the answer
	 * @param requestId the vendor's request id; empty when there is none
	 * @param body the body
	 */
	ApiAnswer answer(int httpStatus, String requestId, JsonBody body);

}
