package io.jobaudit.simulator;

import java.util.function.LongSupplier;

/** The account's limit: so many calls get through in any second, wherever it begins. */
final class RateLimit {

	private final SlidingSecond admitted = new SlidingSecond();

	private final LongSupplier nanoTime;

	RateLimit(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/** Whether one more call gets through; a refused one uses nothing up. */
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
