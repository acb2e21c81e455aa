package io.jobaudit.fetch;

import java.util.concurrent.TimeUnit;

/**
 * Finds the rate that the API tolerates. When too many calls are throttled, the rate
 * drops to what was accepted, stays close to that for a while and then climbs ever faster
 * to the configured rate, on a cubic curve as in TCP CUBIC. So the search for a higher
 * rate costs few throttled calls, and a limit that is lifted is noticed within a minute.
 * Not thread-safe.
 */
final class AdaptiveRate {

	/** Share of throttled calls that is accepted as the cost of knowing the limit. */
	private static final double TOLERATED = 0.03;

	private static final double TOLERATED_AT_MOST = 0.2;

	/**
	 * Calls over which the share is smoothed: a single throttled call is not too many.
	 */
	private static final double SMOOTHING = 50;

	/** Share of throttled calls at a rate that was accepted before. */
	private static final double RARELY = 0.05;

	/** Evidence that decides whether a cut shows effect. */
	private static final double ENOUGH = 4;

	/** What the smoothed share may exceed its mean by. */
	private static final double CHANCE = 0.2;

	/** How fast a share that was not ours is forgotten, per call. */
	private static final double FORGETTING = 0.001;

	private static final double MARGIN = 0.98;

	private static final double LARGEST_CUT = 0.5;

	private static final double SLOWEST = 0.2;

	private static final long CLIMB = TimeUnit.SECONDS.toNanos(55);

	/**
	 * Throttling this soon after a cut is due to calls before it: the API's own second
	 * still counts those that were sent at the faster rate.
	 */
	private static final long SETTLING = TimeUnit.SECONDS.toNanos(1);

	private final double configured;

	private final RecentCalls calls = new RecentCalls();

	private long cutAt;

	private double accepted;

	/** Where the climb ends; without a configured rate, the fastest rate so far. */
	private double ceiling;

	private double throttledShare;

	/** Share of throttled calls that a lower rate did not change. */
	private double notOurs;

	private boolean onTrial;

	private double shareBefore;

	/** Logarithm of how much likelier the calls since the cut are without its effect. */
	private double evidence;

	private int callsBelow;

	private int throttledBelow;

	/**
	 * Creates a rate.
	 * @param configured calls per second, infinite for no limit
	 * @param now the current instant
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
	 * Records an answer.
	 * @param sentAt when its call was sent: calls in flight at a cut say nothing about
	 * the rate after it
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
		this.notOurs += (this.throttledShare - this.notOurs) * FORGETTING;
		boolean below = at(sentAt) <= this.accepted;
		if (below) {
			this.callsBelow++;
			this.throttledBelow += throttled ? 1 : 0;
		}
		if (this.onTrial) {
			judge(throttled, now);
		}
		else if (throttled && this.throttledShare > tolerated(sentAt, below)) {
			cut(sentAt, now);
		}
	}

	/**
	 * A cut must show effect. If the limit is one of calls per second, hardly a call is
	 * throttled at the rate that was accepted. If as many are as before, the cause is
	 * another one, and the pace goes back. Weighs the one against the other, call by
	 * call.
	 */
	private void judge(boolean throttled, long now) {
		this.evidence += throttled ? Math.log(this.shareBefore / RARELY)
				: Math.log((1 - this.shareBefore) / (1 - RARELY));
		this.onTrial = Math.abs(this.evidence) < ENOUGH;
		if (!this.onTrial && this.evidence > 0) {
			this.notOurs = Math.max(this.notOurs, this.shareBefore);
			this.cutAt = now - CLIMB;
			this.throttledShare = this.shareBefore;
		}
	}

	/**
	 * At a rate that was accepted before, our calls are not the cause of the throttling:
	 * other users of the account are, or chance, and a lower rate would not help.
	 */
	private double tolerated(long instant, boolean below) {
		return Math.max(ours(instant, below), (this.notOurs > TOLERATED) ? this.notOurs + CHANCE : 0);
	}

	private double ours(long instant, boolean below) {
		if (below || this.calls.isShort(instant)) {
			return TOLERATED_AT_MOST;
		}
		double anyway = this.throttledBelow / (this.callsBelow + 100.0);
		return Math.min(TOLERATED_AT_MOST, TOLERATED + 2 * anyway);
	}

	private void cut(long sentAt, long now) {
		this.calls.forget(sentAt, settledAt());
		double sentRate = this.calls.rate(sentAt);
		this.shareBefore = 1 - this.calls.acceptedRate(sentAt) / sentRate;
		this.evidence = 0;
		double current = Double.isInfinite(at(now)) ? sentRate : at(now);
		double lower = Math.min(current, this.calls.acceptedRate(sentAt));
		double lowest = Math.max(current * LARGEST_CUT, Math.min(this.configured, SLOWEST) / MARGIN);
		this.ceiling = Double.isInfinite(this.configured) ? Math.max(this.ceiling, sentRate) : this.configured;
		this.accepted = Math.max(lower, lowest);
		this.onTrial = lower >= lowest && this.shareBefore > 2 * RARELY;
		this.cutAt = now;
		this.throttledShare = 0;
		this.callsBelow = 0;
		this.throttledBelow = 0;
	}

	private long settledAt() {
		return this.cutAt + SETTLING;
	}

}
