package io.jobaudit.fetch;

import io.jobaudit.SmartJobId;

/** One call about one smart job; implementations wrap each other, one behaviour each. */
interface SmartJobApi {

	/**
	 * Asks once.
	 * @param id the id to ask about
	 * @return the job or the error; faults of the network are errors too, never
	 * exceptions
	 * @throws InterruptedException when the run stops
	 */
	ApiAnswer get(SmartJobId id) throws InterruptedException;

}
