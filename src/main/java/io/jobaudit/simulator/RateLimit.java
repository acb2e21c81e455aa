package io.jobaudit.simulator;

import java.util.function.LongSupplier;

/** The account's limit: at most this many calls are admitted in any second. */
final class RateLimit {

	private final SlidingSecond admitted = new SlidingSecond();

	private final LongSupplier nanoTime;

	RateLimit(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/** Whether one more call is admitted; a throttled call does not count. */
	synchronized boolean admits(int rate) {
		long now = this.nanoTime.getAsLong();
		int recent = this.admitted.countAt(now);
		if (rate > 0 && recent >= rate) {
			return false;
		}
		this.admitted.add(now);
		return true;
	}

}
