package io.jobaudit.fetch.api;

/** One call; implementations wrap each other, one behaviour each. */
public interface SmartJobApi {

	/**
	 * Asks once.
	 * @return what was asked for or the error; faults of the network are errors too,
	 * never exceptions
	 * @throws InterruptedException when the run stops
	 */
	ApiAnswer get(ApiRequest request) throws InterruptedException;

}
