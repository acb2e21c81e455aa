package io.jobaudit.fetch;

import java.time.Duration;

/** Decides when a call may be sent, and adapts the rate to the answers. */
interface CallPacer {

	/**
	 * Waits for a permit.
	 * @return when it was granted
	 * @throws InterruptedException when the run stops
	 */
	long acquire() throws InterruptedException;

	/**
	 * Records a call that was answered, or failed otherwise than by throttling.
	 * @param sentAt what {@link #acquire} returned
	 */
	void accepted(long sentAt);

	/**
	 * Records a call that was throttled.
	 * @param sentAt what {@link #acquire} returned
	 * @param hint how long the API asks all callers to wait, zero when it does not say
	 */
	void throttled(long sentAt, Duration hint);

	/** Calls per second that are currently allowed, infinite for no limit. */
	double currentRate();

}
