package io.jobaudit.fetch.api;

import java.util.concurrent.TimeUnit;

/** Monotonic time that can be waited for; tests bring their own. */
public interface Ticker {

	/** The machine's. */
	Ticker SYSTEM = new Ticker() {

		@Override
		public long now() {
			return System.nanoTime();
		}

		@Override
		public void sleepUntil(long instant) throws InterruptedException {
			long left = instant - now();
			if (left > 0) {
				TimeUnit.NANOSECONDS.sleep(left);
			}
		}

	};

	/** Nanoseconds since some fixed point: only differences mean anything. */
	long now();

	/**
	 * Waits.
	 * @param instant when to return, at once when it has passed
	 * @throws InterruptedException when the run stops
	 */
	void sleepUntil(long instant) throws InterruptedException;

}
