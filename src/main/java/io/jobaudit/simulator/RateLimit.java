package io.jobaudit.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

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

	/** The events within a second that ends now. Not thread-safe. */
	static final class SlidingSecond {

		private static final long SECOND = Duration.ofSeconds(1).toNanos();

		private final Deque<Long> events = new ArrayDeque<>();

		/** Events in the second before {@code nanoTime}, without its first instant. */
		int countAt(long nanoTime) {
			while (!this.events.isEmpty() && nanoTime - this.events.getFirst() >= SECOND) {
				this.events.removeFirst();
			}
			return this.events.size();
		}

		/** Must not be called with an earlier time than before. */
		void add(long nanoTime) {
			this.events.addLast(nanoTime);
		}

	}

}
