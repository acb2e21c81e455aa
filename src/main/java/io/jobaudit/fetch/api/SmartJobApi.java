package io.jobaudit.fetch.api;

/** One call; implementations wrap each other and add one behaviour each. */
public interface SmartJobApi {

	/**
	 * Makes one call.
	 * @return the answer or the error; network failures are errors too, never exceptions
	 * @throws InterruptedException when the run stops
	 */
	ApiAnswer get(ApiRequest request) throws InterruptedException;

}
