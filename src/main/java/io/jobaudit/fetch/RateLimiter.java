package io.jobaudit.fetch;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import io.jobaudit.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grants permits to call, evenly spaced, for the whole account: at most the configured
 * rate in any second, and slightly more while it catches up on missed permits. When the
 * API throttles, the rate drops and then climbs back; when it asks for a pause, all
 * callers pause, even those who already wait for a permit.
 */
final class RateLimiter extends PermitPacer {

	/** When to call, or, where no permit was available yet, when to try again. */
	record Permit(long instant, boolean granted) {
	}

	private static final Logger LOG = LoggerFactory.getLogger(RateLimiter.class);

	private static final Duration LOGGED_PAUSE = Duration.ofSeconds(5);

	/**
	 * Permits are granted no further ahead than this, so that a new rate soon applies to
	 * those who already wait.
	 */
	private static final long LOOK_AHEAD = TimeUnit.MILLISECONDS.toNanos(250);

	/** While it catches up, permits come faster than the rate by this fraction. */
	private static final double CATCH_UP = 0.0075;

	/** It catches up on the missed permits of this time at most. */
	private static final long MOST_MISSED = TimeUnit.SECONDS.toNanos(1);

	/** Threads may wake up late: a call may be this much too close to others. */
	private static final long JITTER = TimeUnit.MILLISECONDS.toNanos(5);

	private final double configuredRate;

	private final Duration longestPause;

	private AdaptiveRate rate;

	private long nextPermitAt;

	private long missed;

	/** When the next call is due, after those that were made. */
	private long dueAt;

	private long pausedUntil;

	/**
	 * Creates a limiter.
	 * @param rate calls per second, 0 for no limit
	 * @param longestPause longest pause, even if the API asks for a longer one
	 * @param time to wait by
	 */
	RateLimiter(double rate, Duration longestPause, Ticker time) {
		super(time);
		this.configuredRate = rate;
		this.longestPause = longestPause;
		this.nextPermitAt = time.now();
		this.rate = AdaptiveRate.of((rate == 0) ? Double.POSITIVE_INFINITY : rate, this.nextPermitAt);
		this.pausedUntil = this.nextPermitAt;
		this.dueAt = this.nextPermitAt;
	}

	@Override
	public synchronized void accepted(long sentAt) {
		this.rate = this.rate.answered(sentAt, false, this.time.now());
	}

	@Override
	public synchronized void throttled(long sentAt, Duration hint) {
		long now = this.time.now();
		this.rate = this.rate.answered(sentAt, true, now);
		Duration pause = (hint.compareTo(this.longestPause) > 0) ? this.longestPause : hint;
		long until = now + pause.toNanos();
		if (until - this.pausedUntil > 0) {
			this.pausedUntil = until;
			logLong(hint, pause);
			this.nextPermitAt = (until - this.nextPermitAt > 0) ? until : this.nextPermitAt;
		}
	}

	@Override
	public synchronized double currentRate() {
		return this.rate.at(this.time.now());
	}

	/** Idle time does not accumulate permits. */
	@Override
	synchronized Permit nextPermit() {
		long now = this.time.now();
		long late = now - this.nextPermitAt;
		if (late > 0) {
			miss((late < LOOK_AHEAD) ? late : 0);
			this.nextPermitAt = now;
		}
		long instant = this.nextPermitAt;
		if (instant - now > LOOK_AHEAD) {
			return new Permit(now + LOOK_AHEAD / 2, false);
		}
		long interval = interval(now);
		long saved = Math.min(this.missed, (long) (interval * CATCH_UP));
		this.missed -= saved;
		this.nextPermitAt = instant + interval - saved;
		return new Permit(instant, true);
	}

	/**
	 * Returns empty without a permit, if a pause has begun since it was granted, or if
	 * other delayed callers have just called, so that delayed calls are not sent in a
	 * burst.
	 */
	@Override
	synchronized OptionalLong begin(Permit permit) {
		if (!permit.granted() || this.pausedUntil - permit.instant() > 0) {
			return OptionalLong.empty();
		}
		long now = this.time.now();
		long interval = interval(now);
		if (this.dueAt - now > Math.max(interval, JITTER)) {
			miss(interval);
			return OptionalLong.empty();
		}
		this.dueAt = ((this.dueAt - now > 0) ? this.dueAt : now) + (long) (interval * (1 - CATCH_UP));
		this.rate = this.rate.sent(now);
		return OptionalLong.of(now);
	}

	private void miss(long nanos) {
		this.missed = Math.min(MOST_MISSED, this.missed + nanos);
	}

	private long interval(long now) {
		return (long) (TimeUnit.SECONDS.toNanos(1) / this.rate.at(now));
	}

	private static void logLong(Duration hint, Duration pause) {
		if (pause.compareTo(LOGGED_PAUSE) > 0) {
			LOG.warn("The API asks for a pause of {}; all calls wait for {}", hint, pause);
		}
	}

	@Override
	public String toString() {
		return (this.configuredRate == 0) ? "no rate limit"
				: BigDecimal.valueOf(this.configuredRate).stripTrailingZeros().toPlainString() + " calls/s";
	}

}
