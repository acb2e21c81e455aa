package io.jobaudit.fetch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out turns to call, evenly spaced, for the whole account: at most the configured
 * rate in any second, and one. When the API throttles, the pace drops and then climbs
 * back; when it asks for a pause, everybody pauses, those who already wait for their turn
 * too.
 */
final class CallPacer {

	private static final Logger LOG = LoggerFactory.getLogger(CallPacer.class);

	private static final Duration WORTH_TELLING = Duration.ofSeconds(5);

	private static final double SLOWER = 0.8;

	private static final double SLOWEST = 0.2;

	private static final long CUT_INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

	private static final double SECONDS_TO_RECOVER = 60;

	/**
	 * Turns missed by less than this are made up for: one percent of a second's calls.
	 */
	private static final long CATCH_UP = TimeUnit.MILLISECONDS.toNanos(10);

	private final double configuredRate;

	private final Duration longestPause;

	private final NanoTime time;

	private final LongAdder waitedNanos = new LongAdder();

	private double rate;

	private long rateSince;

	private long lastCut;

	private long nextTurn;

	private long pausedUntil;

	/**
	 * Creates a pacer.
	 * @param rate calls per second, 0 for no limit
	 * @param longestPause longest pause that is taken, whatever the API asks for
	 * @param time tells and passes the time
	 */
	CallPacer(double rate, Duration longestPause, NanoTime time) {
		this.configuredRate = rate;
		this.longestPause = longestPause;
		this.time = time;
		this.rate = rate;
		this.rateSince = time.now();
		this.lastCut = this.rateSince - CUT_INTERVAL;
		this.nextTurn = this.rateSince;
		this.pausedUntil = this.rateSince;
	}

	/**
	 * Waits for a turn.
	 * @throws InterruptedException when the run stops
	 */
	void awaitTurn() throws InterruptedException {
		long start = this.time.now();
		long turn;
		do {
			turn = reserve();
			this.time.sleepUntil(turn);
		}
		while (isPausedAt(turn));
		this.waitedNanos.add(this.time.now() - start);
	}

	/**
	 * Tells that the API throttles.
	 * @param hint how long it asks everybody to wait, zero when it does not say
	 */
	synchronized void throttled(Duration hint) {
		long now = this.time.now();
		Duration pause = (hint.compareTo(this.longestPause) > 0) ? this.longestPause : hint;
		long until = now + pause.toNanos();
		if (until - this.pausedUntil > 0) {
			this.pausedUntil = until;
			logLong(hint, pause);
			this.nextTurn = (until - this.nextTurn > 0) ? until : this.nextTurn;
		}
		// Calls in flight are throttled together: one of them speaks for all.
		if (now - this.lastCut >= CUT_INTERVAL) {
			climb(now);
			this.lastCut = now;
			this.rate = Math.max(this.rate * SLOWER, Math.min(this.configuredRate, SLOWEST));
		}
	}

	/** Time that calls have spent waiting for their turns, added up. */
	Duration waited() {
		return Duration.ofNanos(this.waitedNanos.sum());
	}

	private synchronized boolean isPausedAt(long turn) {
		return this.pausedUntil - turn > 0;
	}

	private synchronized long reserve() {
		long now = this.time.now();
		if (this.configuredRate == 0) {
			return (this.pausedUntil - now > 0) ? this.pausedUntil : now;
		}
		climb(now);
		long interval = (long) (TimeUnit.SECONDS.toNanos(1) / this.rate);
		long earliest = (this.pausedUntil - now > 0) ? this.pausedUntil : now - Math.max(interval, CATCH_UP);
		long turn = (this.nextTurn - earliest > 0) ? this.nextTurn : earliest;
		this.nextTurn = turn + interval;
		return turn;
	}

	private static void logLong(Duration hint, Duration pause) {
		if (pause.compareTo(WORTH_TELLING) > 0) {
			LOG.warn("The API asks for a pause of {}; all calls wait for {}", hint, pause);
		}
	}

	private void climb(long now) {
		double seconds = (now - this.rateSince) / 1e9;
		this.rate = Math.min(this.configuredRate, this.rate + seconds * this.configuredRate / SECONDS_TO_RECOVER);
		this.rateSince = now;
	}

	@Override
	public String toString() {
		return (this.configuredRate == 0) ? "no rate limit" : "at most " + this.configuredRate + " calls/s";
	}

}
