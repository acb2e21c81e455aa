package io.jobaudit;

import java.util.concurrent.TimeUnit;

/** Monotonic time; tests bring their own. */
@FunctionalInterface
public interface Ticker {

	/** The time of the machine. */
	Ticker SYSTEM = System::nanoTime;

	/** Nanoseconds since some fixed point: only differences have a meaning. */
	long now();

	/**
	 * Waits.
	 * @param instant when to return, at once when it has passed
	 * @throws InterruptedException when the run stops
	 */
	default void sleepUntil(long instant) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(instant - now());
	}

}
