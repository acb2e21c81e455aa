package io.jobaudit.fetch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The calls of the last second, or the last fifty where a second has fewer: enough to say
 * what the API accepts. Not thread-safe.
 */
final class RecentCalls {

	private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final int ENOUGH = 50;

	private final Deque<Long> sent = new ArrayDeque<>();

	private final Deque<Long> throttled = new ArrayDeque<>();

	/** Must not be called with an earlier instant than before. */
	void sent(long instant) {
		this.sent.addLast(instant);
		forget(instant, this.sent.getFirst());
	}

	/**
	 * Records that a call was throttled.
	 * @param sentAt when the call was sent
	 */
	void throttled(long sentAt) {
		this.throttled.addLast(sentAt);
	}

	/**
	 * Forgets calls that are too old.
	 * @param instant end of the last second
	 * @param since calls sent earlier than this are kept only for the last second
	 */
	void forget(long instant, long since) {
		while (!this.sent.isEmpty() && instant - this.sent.getFirst() >= SECOND
				&& (this.sent.size() > ENOUGH || this.sent.getFirst() - since < 0)) {
			this.sent.removeFirst();
		}
		while (!this.throttled.isEmpty()
				&& (this.sent.isEmpty() || this.throttled.getFirst() - this.sent.getFirst() < 0)) {
			this.throttled.removeFirst();
		}
	}

	/** Whether the calls up to an instant span too little time to give a rate. */
	boolean isShort(long instant) {
		return this.sent.isEmpty() || instant - this.sent.getFirst() < 0.9 * SECOND;
	}

	/** Calls per second up to an instant, throttled or not. */
	double rate(long instant) {
		return upTo(instant, this.sent) / seconds(instant);
	}

	/** Calls per second up to an instant that were not throttled, as far as is known. */
	double acceptedRate(long instant) {
		return (upTo(instant, this.sent) - upTo(instant, this.throttled)) / seconds(instant);
	}

	/** At least one: a burst within part of a second counts for the whole second. */
	private double seconds(long instant) {
		return this.sent.isEmpty() ? 1 : Math.max(1, (instant - this.sent.getFirst()) / SECOND);
	}

	private static double upTo(long instant, Deque<Long> calls) {
		return calls.stream().filter((call) -> call - instant <= 0).count();
	}

}
