package io.jobaudit.fetch.api;

import java.util.Map;

import tools.jackson.databind.node.ObjectNode;

/** A request to the API, and how to recognize its answer. */
public sealed interface ApiRequest permits JobRequest, ListRequest {

	String action();

	/** Parameters, not encoded. */
	Map<String, String> query();

	/** The requested object, as part of a sentence. */
	String wanted();

	/** Whether a body contains the requested object. */
	boolean isAnsweredBy(ObjectNode body);

	/**
	 * Turns such a body into an answer.
	 * @param httpStatus HTTP status of the answer
	 * @param requestId the vendor's request id; empty for none
	 * @param body the body
	 */
	ApiAnswer answer(int httpStatus, String requestId, JsonBody body);

}
