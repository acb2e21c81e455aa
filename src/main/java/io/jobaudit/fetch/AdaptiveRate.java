package io.jobaudit.fetch;

import java.util.concurrent.TimeUnit;

/**
 * Finds the rate that the API puts up with. When too many calls are throttled, it drops
 * to what was let through, stays close to that for a while and then climbs ever faster to
 * the configured rate (a cubic curve, as TCP's CUBIC has it): the search for more costs
 * few throttled calls, and a limit that goes away is noticed within a minute. Not
 * thread-safe.
 */
final class AdaptiveRate {

	/** Share of throttled calls that is the price of knowing the limit. */
	private static final double TOLERATED = 0.03;

	private static final double TOLERATED_AT_MOST = 0.2;

	/**
	 * Calls over which the share is smoothed: one throttled call alone is not too many.
	 */
	private static final double SMOOTHING = 50;

	private static final double MARGIN = 0.98;

	private static final double LARGEST_CUT = 0.5;

	private static final double SLOWEST = 0.2;

	private static final long CLIMB = TimeUnit.SECONDS.toNanos(55);

	/**
	 * What is throttled so soon after a cut was caused before it: the API's own second
	 * still holds the calls of the faster pace.
	 */
	private static final long SETTLING = TimeUnit.SECONDS.toNanos(1);

	private final double configured;

	private final RecentCalls calls = new RecentCalls();

	private long cutAt;

	private double accepted;

	/** Where the climb ends; without a configured rate, the fastest that was sent. */
	private double ceiling;

	private double throttledShare;

	private int callsBelow;

	private int throttledBelow;

	/**
	 * Creates a rate.
	 * @param configured calls per second, infinite for no limit
	 * @param now when it begins
	 */
	AdaptiveRate(double configured, long now) {
		this.configured = configured;
		this.cutAt = now - CLIMB;
	}

	/** Calls per second at an instant. */
	double at(long instant) {
		double progress = (instant - this.cutAt) / (double) CLIMB;
		if (progress >= 1) {
			return this.configured;
		}
		double plateau = this.accepted * MARGIN;
		return plateau + (this.ceiling - plateau) * progress * progress * progress;
	}

	/** Must not be called with an earlier instant than before. */
	void sent(long instant) {
		this.calls.sent(instant);
	}

	/**
	 * Takes note of an answer.
	 * @param sentAt when its call was sent: what was in flight at a cut says nothing
	 * about the rate since
	 * @param throttled whether the API throttled the call
	 * @param now when the answer came
	 */
	void answered(long sentAt, boolean throttled, long now) {
		if (throttled) {
			this.calls.throttled(sentAt);
		}
		if (sentAt - settledAt() < 0) {
			return;
		}
		this.throttledShare += ((throttled ? 1 : 0) - this.throttledShare) / SMOOTHING;
		boolean below = at(sentAt) <= this.accepted;
		if (below) {
			this.callsBelow++;
			this.throttledBelow += throttled ? 1 : 0;
		}
		if (throttled && this.throttledShare > tolerated(sentAt, below)) {
			cut(sentAt, now);
		}
	}

	/**
	 * Where our rate is one that was let through, it is not what causes the throttling:
	 * other users of the account are, or chance, and to go slower would not help.
	 */
	private double tolerated(long instant, boolean below) {
		if (below || this.calls.isShort(instant)) {
			return TOLERATED_AT_MOST;
		}
		double anyway = this.throttledBelow / (this.callsBelow + 100.0);
		return Math.min(TOLERATED_AT_MOST, TOLERATED + 2 * anyway);
	}

	private void cut(long sentAt, long now) {
		this.calls.forget(sentAt, settledAt());
		double sentRate = this.calls.rate(sentAt);
		double current = Double.isInfinite(at(now)) ? sentRate : at(now);
		double lower = Math.min(current, this.calls.acceptedRate(sentAt));
		double lowest = Math.max(current * LARGEST_CUT, Math.min(this.configured, SLOWEST) / MARGIN);
		this.ceiling = Double.isInfinite(this.configured) ? Math.max(this.ceiling, sentRate) : this.configured;
		this.accepted = Math.max(lower, lowest);
		this.cutAt = now;
		this.throttledShare = 0;
		this.callsBelow = 0;
		this.throttledBelow = 0;
	}

	private long settledAt() {
		return this.cutAt + SETTLING;
	}

}
