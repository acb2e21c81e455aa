package io.jobaudit.fetch;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Finds the rate that the API tolerates: a state, and what follows from each event. When
 * too many calls are throttled, the rate drops to what was accepted, stays close to that
 * for a while and then climbs ever faster to the configured rate, on a cubic curve as in
 * TCP CUBIC. So the search for a higher rate costs few throttled calls, and a limit that
 * is lifted is noticed within a minute.
 *
 * @param configured calls per second, infinite for no limit
 * @param calls the latest calls
 * @param cutAt when the rate dropped
 * @param accepted calls per second that were accepted then
 * @param ceiling where the climb ends; without a configured rate, the fastest rate so far
 * @param throttledShare smoothed share of throttled calls
 * @param notOurs share of throttled calls that a lower rate did not change
 * @param trial whether the drop shows effect, while that is not known
 * @param callsBelow calls since then at no more than the accepted rate
 * @param throttledBelow the throttled ones of them
 */
record AdaptiveRate(double configured, RecentCalls calls, long cutAt, double accepted, double ceiling,
		double throttledShare, double notOurs, @Nullable Trial trial, int callsBelow, int throttledBelow) {

	/**
	 * A cut must show effect. If the limit is one of calls per second, hardly a call is
	 * throttled at the rate that was accepted. If as many are as before, the cause is
	 * another one, and the pace goes back. Weighs the one against the other, call by
	 * call.
	 *
	 * @param shareBefore share of throttled calls before the cut
	 * @param evidence logarithm of how much likelier the calls since are without effect
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

	/** The configured rate, as long as nothing is known of the API. */
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

	/** The same where the calls known here are only some of those at this rate. */
	AdaptiveRate answeredOneOfSeveral(long sentAt, boolean throttled, long now) {
		return answered(sentAt, throttled, now, true);
	}

	/** Another process has lowered the rate, or ended a drop. */
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

	/** With effect, the throttling was ours, whatever was judged before. */
	private AdaptiveRate judged(Trial weighed, long now) {
		double share = weighed.shareBefore();
		if (weighed.evidence() >= ENOUGH) {
			return with(this.calls, now - CLIMB, share, Math.max(this.notOurs, share), null);
		}
		return (weighed.evidence() > -ENOUGH) ? with(this.calls, this.cutAt, this.throttledShare, this.notOurs, weighed)
				: with(this.calls, this.cutAt, this.throttledShare, 0, null);
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
