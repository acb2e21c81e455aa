package io.jobaudit.fetch;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import io.jobaudit.Ticker;
import io.jobaudit.fetch.RateLimiter.Permit;
import io.jobaudit.fetch.SharedRate.Drop;
import io.jobaudit.fetch.SharedRate.Turns;

/**
 * Grants permits in one of several processes that call for the same account. It reserves
 * a few turns of the shared rate at a time. Each process decides from its own calls
 * whether the API throttles too many of them; the first one to find so lowers the rate
 * for all.
 */
final class SharedRateLimiter extends PermitPacer {

	/**
	 * Turns are reserved this long before they are due, so that no call waits for them.
	 */
	private static final long LOOK_AHEAD = TimeUnit.MILLISECONDS.toNanos(60);

	/**
	 * Older turns expire: calls that a slow machine has delayed would come close
	 * together.
	 */
	private static final long LATE = TimeUnit.MILLISECONDS.toNanos(25);

	/** How much shorter the interval is while missed turns are made up for. */
	private static final double CATCH_UP = 0.0075;

	/** Missed turns that are made up for, at most. */
	private static final long MOST_MISSED = TimeUnit.SECONDS.toNanos(1);

	private final SharedRate shared;

	private final Duration longestPause;

	private AdaptiveRate rate;

	private long drop;

	private long turnAt;

	private long interval;

	private int turns;

	private long missed;

	private long pausedUntil;

	/**
	 * Creates a limiter.
	 * @param configured calls per second of all processes together
	 */
	SharedRateLimiter(double configured, SharedRate shared, Duration longestPause, Ticker time) {
		super(time);
		this.shared = shared;
		this.longestPause = longestPause;
		this.turnAt = time.now();
		this.pausedUntil = this.turnAt;
		this.rate = AdaptiveRate.of(configured, this.turnAt);
	}

	@Override
	synchronized Permit nextPermit() {
		if (this.turns == 0) {
			if (this.turnAt - this.time.now() > LOOK_AHEAD) {
				return new Permit(this.turnAt - LOOK_AHEAD, false);
			}
			take();
		}
		Permit permit = new Permit(this.turnAt, true);
		this.turnAt += this.interval;
		this.turns--;
		return permit;
	}

	private void take() {
		double allowed = this.rate.at(this.time.now());
		long evenly = (long) (TimeUnit.SECONDS.toNanos(1) / allowed);
		this.turns = (int) Math.max(1, this.shared.lease().toNanos() / (double) evenly);
		long saved = Math.min(this.missed / this.turns, (long) (evenly * CATCH_UP));
		this.missed -= saved * this.turns;
		this.interval = evenly - saved;
		Turns taken = this.shared.take(this.turns, Duration.ofNanos(this.interval));
		this.turnAt = this.time.now() + taken.delay().toNanos();
		follow(taken.drop());
	}

	/** Returns empty without a turn, during a pause, or if the turn has expired. */
	@Override
	synchronized OptionalLong begin(Permit permit) {
		long now = this.time.now();
		if (!permit.granted() || this.pausedUntil - permit.instant() > 0) {
			return OptionalLong.empty();
		}
		if (now - permit.instant() > LATE) {
			this.missed = Math.min(MOST_MISSED, this.missed + this.interval);
			return OptionalLong.empty();
		}
		this.rate = this.rate.sent(now);
		return OptionalLong.of(now);
	}

	@Override
	public synchronized void accepted(long sentAt) {
		answered(sentAt, false);
	}

	@Override
	public synchronized void throttled(long sentAt, Duration hint) {
		answered(sentAt, true);
		Duration pause = (hint.compareTo(this.longestPause) > 0) ? this.longestPause : hint;
		long until = this.time.now() + pause.toNanos();
		if (until - this.pausedUntil > 0) {
			this.pausedUntil = until;
			this.turns = 0;
			this.shared.pause(pause);
		}
	}

	private void answered(long sentAt, boolean throttled) {
		long now = this.time.now();
		AdaptiveRate before = this.rate;
		this.rate = before.answeredOneOfSeveral(sentAt, throttled, now);
		if (this.rate.cutAt() != before.cutAt()) {
			this.shared.drop(this.drop, Duration.ofNanos(now - this.rate.cutAt()), this.rate.accepted())
				.ifPresentOrElse(this::follow, () -> this.drop++);
			// Discard turns that were reserved at the old rate.
			this.turns = 0;
		}
	}

	private void follow(Drop last) {
		if (last.number() != this.drop) {
			this.drop = last.number();
			this.rate = this.rate.following(this.time.now() - last.age().toNanos(), last.accepted());
		}
	}

	@Override
	public synchronized double currentRate() {
		return this.rate.at(this.time.now());
	}

	@Override
	public String toString() {
		return "%.0f calls/s shared with other processes".formatted(currentRate());
	}

}
