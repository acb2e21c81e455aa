package io.jobaudit.fetch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.jobaudit.OutageLog;
import io.jobaudit.Ticker;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ErrorClass;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A circuit breaker that waits instead of rejecting: while it is open, all callers wait
 * and one at a time probes. It begins open, so that a run against a dead service or with
 * a bad key makes one call and not a burst. The states are drawn in the documentation of
 * the package.
 */
final class ApiCircuitBreaker {

	/**
	 * Whether all callers wait; calls so far that were answered, and outages that ended.
	 */
	record Health(boolean open, long successes, int outages) {
	}

	/** Failures in a row, of any ids, after which it opens. */
	static final int FAILURES_IN_A_ROW = 10;

	private final RetryProperties retry;

	private final Duration patience;

	private final Ticker time;

	private final OutageLog log;

	private boolean open = true;

	private boolean probing;

	private int failuresInARow;

	private int failedProbes;

	private @Nullable Long canaryFailingSince;

	private int outages;

	private long successes;

	private long lastSuccess;

	private long nextProbe;

	/** The last error since an id was decided, and when the first one was. */
	private @Nullable ApiError lastError;

	private long undecidedSince;

	private @Nullable RuntimeException end;

	ApiCircuitBreaker(RetryProperties retry, Duration patience, Ticker time) {
		this.retry = retry;
		this.patience = patience;
		this.time = time;
		this.log = new OutageLog(LoggerFactory.getLogger(ApiCircuitBreaker.class), "The API", time);
		this.lastSuccess = time.now();
		this.nextProbe = this.lastSuccess;
	}

	/**
	 * Lets the caller through at once while closed; while open, lets one caller through
	 * as the probe, which reports its result or calls {@link #release}.
	 * @return whether the caller is the probe
	 * @throws ApiOutageException when patience has ended
	 */
	boolean acquire() throws InterruptedException {
		Long probeAt = becomeProbe();
		if (probeAt == null) {
			return false;
		}
		try {
			this.time.sleepUntil(probeAt);
			return true;
		}
		catch (InterruptedException ex) {
			release(true);
			throw ex;
		}
	}

	synchronized void onSuccess() {
		this.outages += isOutageProven() ? 1 : 0;
		this.log.answered();
		this.successes++;
		this.lastSuccess = this.time.now();
		this.canaryFailingSince = null;
		this.failuresInARow = 0;
		close();
	}

	/**
	 * A call failed, and not necessarily because of its id.
	 * @param probe what {@link #acquire} returned
	 * @param canary whether its request is known to be answered by a healthy API
	 */
	synchronized void onFailure(ApiError error, boolean probe, boolean canary) {
		long now = this.time.now();
		if (error.errorClass() == ErrorClass.THROTTLED && !probe) {
			// The rate is too high; or an outage, if nothing is answered for max-delay.
			if (now - this.lastSuccess >= TimeUnit.NANOSECONDS.convert(this.retry.maxDelay())) {
				open();
			}
			return;
		}
		this.undecidedSince = (this.lastError != null) ? this.undecidedSince : now;
		this.lastError = error;
		this.failuresInARow++;
		if (error.errorClass() == ErrorClass.UNKNOWN && this.failuresInARow < FAILURES_IN_A_ROW) {
			// Probably about this id only; many in a row are about all ids.
			close();
			return;
		}
		this.canaryFailingSince = (canary && this.canaryFailingSince == null) ? (Long) now : this.canaryFailingSince;
		if (this.open && probe) {
			this.failedProbes++;
			this.nextProbe = now + TimeUnit.NANOSECONDS.convert(this.retry.bound(this.failedProbes));
			this.log.failed(error.describe());
		}
		else if (this.failuresInARow >= FAILURES_IN_A_ROW) {
			open();
		}
		release(probe);
	}

	/** All callers wait until a probe is answered. */
	synchronized void open() {
		if (!this.open) {
			this.open = true;
			this.nextProbe = this.time.now();
		}
	}

	/** Called instead of a report, by a caller that was let through. */
	synchronized void release(boolean probe) {
		if (probe) {
			this.probing = false;
			notifyAll();
		}
	}

	/** An id has its outcome, or a page of the list arrived: patience begins again. */
	synchronized void decided() {
		this.lastError = null;
	}

	/**
	 * No call can succeed any more: every caller fails with the reason, which is
	 * returned.
	 */
	synchronized RuntimeException terminate(RuntimeException reason) {
		this.end = reason;
		notifyAll();
		return reason;
	}

	synchronized OutageLog.@Nullable Outage outage() {
		return this.log.outage();
	}

	synchronized Health health() {
		return new Health(this.open, this.successes, this.outages);
	}

	/**
	 * A single failed probe is noise. An outage is many failures in a row, the canary's
	 * among them, or a canary that failed for longer than any wait between two attempts.
	 */
	private boolean isOutageProven() {
		Long since = this.canaryFailingSince;
		return since != null && (this.failuresInARow >= FAILURES_IN_A_ROW
				|| this.time.now() - since > TimeUnit.NANOSECONDS.convert(this.retry.maxDelay()));
	}

	private void close() {
		this.open = false;
		this.failedProbes = 0;
		release(true);
	}

	/** When to probe; null while closed. */
	private synchronized @Nullable Long becomeProbe() throws InterruptedException {
		while (this.open && this.probing && this.end == null) {
			wait();
		}
		if (this.end != null) {
			throw this.end;
		}
		if (!this.open) {
			return null;
		}
		ApiError error = this.lastError;
		if (this.failedProbes > 0 && error != null
				&& this.time.now() - this.undecidedSince > TimeUnit.NANOSECONDS.convert(this.patience)) {
			throw new ApiOutageException(this.patience, error);
		}
		this.probing = true;
		return this.nextProbe;
	}

}
