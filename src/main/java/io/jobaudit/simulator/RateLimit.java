package io.jobaudit.simulator;

import io.jobaudit.Ticker;

/** The account's limit: at most this many calls are admitted in any second. */
final class RateLimit {

	private final SlidingSecond admitted = new SlidingSecond();

	private final Ticker ticker;

	RateLimit(Ticker ticker) {
		this.ticker = ticker;
	}

	/** Whether one more call is admitted; a throttled call does not count. */
	synchronized boolean admits(int rate) {
		long now = this.ticker.now();
		int recent = this.admitted.countAt(now);
		if (rate > 0 && recent >= rate) {
			return false;
		}
		this.admitted.add(now);
		return true;
	}

}
