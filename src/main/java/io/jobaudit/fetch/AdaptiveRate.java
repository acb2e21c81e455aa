package io.jobaudit.fetch;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Finds the rate that the API tolerates. Immutable: each event returns the next state.
 * When too many calls are throttled, the rate drops to what was accepted, stays close to
 * that for a while and then climbs ever faster to the configured rate, on a cubic curve
 * as in TCP CUBIC. So the search for a higher rate costs few throttled calls, and a limit
 * that is lifted is noticed within a minute.
 *
 * @param configured calls per second, infinite for no limit
 * @param calls the latest calls
 * @param cutAt when the rate dropped
 * @param accepted calls per second that were accepted then
 * @param ceiling where the climb ends; without a configured rate, the fastest rate so far
 * @param throttledShare smoothed share of throttled calls
 * @param notOurs share of throttled calls that a lower rate did not reduce
 * @param trial test whether the last drop has an effect; null when there is nothing to
 * test
 * @param callsBelow calls since the drop at no more than the accepted rate
 * @param throttledBelow how many of these calls were throttled
 */
record AdaptiveRate(double configured, RecentCalls calls, long cutAt, double accepted, double ceiling,
		double throttledShare, double notOurs, @Nullable Trial trial, int callsBelow, int throttledBelow) {

	/**
	 * Tests whether a cut of the rate has an effect. If the API limits calls per second,
	 * hardly any call is throttled at the accepted rate. If as many calls are throttled
	 * as before, there is another cause, and the rate is restored. Each call adds
	 * evidence for one of the two.
	 *
	 * @param shareBefore share of throttled calls before the cut
	 * @param evidence logarithm of how much more likely the calls since then are if the
	 * cut has no effect
	 */
	record Trial(double shareBefore, double evidence) {

		Trial after(boolean throttled) {
			return new Trial(this.shareBefore, this.evidence + (throttled ? Math.log(this.shareBefore / RARELY)
					: Math.log((1 - this.shareBefore) / (1 - RARELY))));
		}

	}

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

	/** How far the smoothed share may exceed its mean by chance. */
	private static final double CHANCE = 0.2;

	/** How fast {@code notOurs} follows the current share, per call. */
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

	/** Starts at the configured rate. */
	static AdaptiveRate of(double configured, long now) {
		return new AdaptiveRate(configured, RecentCalls.NONE, now - CLIMB, 0, 0, 0, 0, null, 0, 0);
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

	/** After one more call; must not be called with an earlier instant than before. */
	AdaptiveRate sent(long instant) {
		return with(this.calls.sent(instant), this.cutAt, this.throttledShare, this.notOurs, this.trial);
	}

	/**
	 * After an answer.
	 * @param sentAt when its call was sent: calls in flight at a cut say nothing about
	 * the rate after it
	 * @param throttled whether the API throttled the call
	 * @param now when the answer came
	 */
	AdaptiveRate answered(long sentAt, boolean throttled, long now) {
		return answered(sentAt, throttled, now, false);
	}

	/**
	 * The same if other processes also make calls at this rate, which are unknown here.
	 */
	AdaptiveRate answeredOneOfSeveral(long sentAt, boolean throttled, long now) {
		return answered(sentAt, throttled, now, true);
	}

	/** Follows another process that has lowered the rate or ended a drop. */
	AdaptiveRate following(long droppedAt, double acceptedThen) {
		return new AdaptiveRate(this.configured, this.calls, droppedAt, acceptedThen, this.configured, 0, this.notOurs,
				null, 0, 0);
	}

	private AdaptiveRate answered(long sentAt, boolean throttled, long now, boolean oneOfSeveral) {
		RecentCalls known = throttled ? this.calls.throttled(sentAt) : this.calls;
		if (sentAt - this.cutAt < SETTLING) {
			return with(known, this.cutAt, this.throttledShare, this.notOurs, this.trial);
		}
		double share = this.throttledShare + ((throttled ? 1 : 0) - this.throttledShare) / SMOOTHING;
		boolean below = at(sentAt) <= this.accepted;
		AdaptiveRate next = new AdaptiveRate(this.configured, known, this.cutAt, this.accepted, this.ceiling, share,
				this.notOurs + (share - this.notOurs) * FORGETTING, this.trial, this.callsBelow + (below ? 1 : 0),
				this.throttledBelow + ((below && throttled) ? 1 : 0));
		if (this.trial != null) {
			return next.judged(this.trial.after(throttled), now);
		}
		return (throttled && share > next.tolerated(sentAt, below)) ? next.cut(sentAt, now, oneOfSeveral) : next;
	}

	/**
	 * If the cut has an effect, our calls caused the throttling, and {@code notOurs} is
	 * reset.
	 */
	private AdaptiveRate judged(Trial weighed, long now) {
		double share = weighed.shareBefore();
		if (weighed.evidence() >= ENOUGH) {
			return with(this.calls, now - CLIMB, share, Math.max(this.notOurs, share), null);
		}
		return (weighed.evidence() > -ENOUGH) ? with(this.calls, this.cutAt, this.throttledShare, this.notOurs, weighed)
				: with(this.calls, this.cutAt, this.throttledShare, 0, null);
	}

	/**
	 * At a rate that was accepted before, our calls do not cause the throttling. Other
	 * users of the account or chance do, and a lower rate would not help.
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

	private AdaptiveRate cut(long sentAt, long now, boolean oneOfSeveral) {
		RecentCalls recent = this.calls.since(sentAt, this.cutAt + SETTLING);
		double sentRate = recent.rate(sentAt);
		double shareBefore = 1 - recent.acceptedRate(sentAt) / sentRate;
		double current = Double.isInfinite(at(now)) ? sentRate : at(now);
		double all = oneOfSeveral ? current / sentRate : 1;
		double lower = Math.min(current, all * recent.acceptedRate(sentAt));
		double lowest = Math.max(current * LARGEST_CUT, Math.min(this.configured, SLOWEST) / MARGIN);
		double top = Double.isInfinite(this.configured) ? Math.max(this.ceiling, sentRate) : this.configured;
		boolean onTrial = lower >= lowest && shareBefore > 2 * RARELY;
		return new AdaptiveRate(this.configured, recent, now, Math.max(lower, lowest), top, 0,
				onTrial ? this.notOurs : 0, onTrial ? new Trial(shareBefore, 0) : null, 0, 0);
	}

	private AdaptiveRate with(RecentCalls known, long since, double share, double others, @Nullable Trial current) {
		return new AdaptiveRate(this.configured, known, since, this.accepted, this.ceiling, share, others, current,
				this.callsBelow, this.throttledBelow);
	}

}
