package io.jobaudit.fetch.api;

/** The run stops, and the API has not seen this call. */
public final class CallNotSentException extends InterruptedException {

	private static final long serialVersionUID = 1L;

	public CallNotSentException(ApiRequest request) {
		super("stopped before the call for " + request);
	}

}
