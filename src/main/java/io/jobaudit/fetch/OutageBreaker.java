package io.jobaudit.fetch;

import java.time.Duration;

import io.jobaudit.Ticker;
import io.jobaudit.fetch.api.ApiError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distinguishes an outage from bad ids: when many calls in a row fail, all callers wait
 * while one at a time probes, until the API is healthy again or patience ends. It begins
 * held, so that a run against a dead service or with a bad key makes one call and not a
 * burst of calls.
 */
final class OutageBreaker {

	/** Failures in a row, of any ids, that count as an outage. */
	static final int FAILURES_IN_A_ROW = 10;

	private static final Logger LOG = LoggerFactory.getLogger(OutageBreaker.class);

	private final RetryProperties retry;

	private final Duration patience;

	private final Ticker time;

	private boolean held = true;

	private boolean probing;

	private int failuresInARow;

	private int failedProbes;

	private boolean witnessFailed;

	private int outages;

	private long lastWell;

	private long heldSince;

	private long nextProbe;

	private @Nullable ApiError lastError;

	private @Nullable RuntimeException end;

	OutageBreaker(RetryProperties retry, Duration patience, Ticker time) {
		this.retry = retry;
		this.patience = patience;
		this.time = time;
		this.lastWell = time.now();
		this.heldSince = this.lastWell;
		this.nextProbe = this.lastWell;
	}

	/**
	 * Lets the caller through at once while the API is healthy; while held, lets one
	 * caller through as the probe. A probe reports {@link #well}, {@link #ill} or
	 * {@link #leave}.
	 * @return whether the caller is the probe
	 * @throws InterruptedException when the run stops
	 * @throws ApiOutageException when patience has ended
	 */
	boolean enter() throws InterruptedException {
		if (!becomeProbe()) {
			return false;
		}
		try {
			this.time.sleepUntil(nextProbe());
		}
		catch (InterruptedException ex) {
			leave(true);
			throw ex;
		}
		return true;
	}

	/** An id was answered: the API is healthy. */
	synchronized void well() {
		if (this.witnessFailed) {
			LOG.info("The API answers again after {}", heldFor());
			this.outages++;
		}
		this.witnessFailed = false;
		this.held = false;
		this.probing = false;
		this.lastError = null;
		this.failuresInARow = 0;
		this.failedProbes = 0;
		this.lastWell = this.time.now();
		notifyAll();
	}

	/**
	 * A call failed, and not necessarily because of its id.
	 * @param error why
	 * @param wasProbe what {@link #enter} returned
	 * @param wasWitness whether it was about an id that is known to be answered: only
	 * then is the API itself failing
	 */
	synchronized void ill(ApiError error, boolean wasProbe, boolean wasWitness) {
		this.witnessFailed |= wasProbe && wasWitness;
		noteFailure(error);
		if (this.held && wasProbe) {
			this.failedProbes++;
			this.nextProbe = this.time.now() + this.retry.bound(this.failedProbes).toNanos();
		}
		else if (this.failuresInARow >= FAILURES_IN_A_ROW) {
			hold(error);
		}
		leave(wasProbe);
	}

	/**
	 * The API answered with an error of unknown meaning: one such answer concerns its id,
	 * many in a row concern all ids.
	 */
	synchronized void unclear(ApiError error, boolean wasProbe) {
		if (this.failuresInARow + 1 >= FAILURES_IN_A_ROW) {
			ill(error, wasProbe, false);
			return;
		}
		noteFailure(error);
		this.held = false;
		this.failedProbes = 0;
		leave(true);
	}

	/**
	 * A call was throttled: a matter of rate while others are answered, an outage when
	 * none was for longer than any wait between two attempts.
	 */
	synchronized void throttled(ApiError error) {
		if (!wellSince(this.time.now() - this.retry.maxDelay().toNanos())) {
			hold(error);
		}
	}

	/** All callers wait until some id is answered. */
	synchronized void hold(ApiError reason) {
		if (!this.held) {
			this.held = true;
			this.heldSince = this.time.now();
			this.nextProbe = this.heldSince;
			LOG.warn("API outage suspected, pausing all calls until a probe succeeds: {}", reason.describe());
		}
		this.lastError = reason;
	}

	/** A caller that was let through has nothing to report. */
	synchronized void leave(boolean wasProbe) {
		if (wasProbe) {
			this.probing = false;
			notifyAll();
		}
	}

	/**
	 * No call can succeed any more: every caller fails from now on.
	 * @return the reason, to be thrown by the caller
	 */
	synchronized RuntimeException end(RuntimeException reason) {
		this.end = reason;
		notifyAll();
		return reason;
	}

	/** Whether some id was answered after the given moment. */
	synchronized boolean wellSince(long instant) {
		return this.lastWell - instant > 0;
	}

	synchronized boolean isHeld() {
		return this.held;
	}

	/** Outages that have ended so far. */
	synchronized int outages() {
		return this.outages;
	}

	private synchronized boolean becomeProbe() throws InterruptedException {
		while (this.held && this.probing && this.end == null) {
			wait();
		}
		if (this.end != null) {
			throw this.end;
		}
		if (this.held) {
			checkPatience();
			this.probing = true;
		}
		return this.held;
	}

	private void noteFailure(ApiError error) {
		if (this.held && this.lastError == null) {
			this.heldSince = this.time.now();
		}
		this.lastError = error;
		this.failuresInARow++;
	}

	private synchronized long nextProbe() {
		return this.nextProbe;
	}

	private void checkPatience() {
		ApiError error = this.lastError;
		if (error != null && heldFor().compareTo(this.patience) > 0) {
			throw new ApiOutageException(this.patience, error);
		}
	}

	private Duration heldFor() {
		return Duration.ofNanos(this.time.now() - this.heldSince);
	}

}
