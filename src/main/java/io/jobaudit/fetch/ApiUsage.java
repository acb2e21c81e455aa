package io.jobaudit.fetch;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.jobaudit.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Calls to the API, and the time that they took.
 *
 * @param calls calls sent, all attempts and probes
 * @param throttled calls answered with throttling
 * @param retries calls that repeated an earlier one
 * @param waited time that calls waited for permits, summed over all in flight
 * @param elapsed time spent fetching
 */
public record ApiUsage(long calls, long throttled, long retries, Duration waited, Duration elapsed) {

	/** Times are whole milliseconds, as they are stored, so that sums stay exact. */
	public ApiUsage {
		waited = waited.truncatedTo(ChronoUnit.MILLIS);
		elapsed = elapsed.truncatedTo(ChronoUnit.MILLIS);
	}

	/** No calls yet. */
	public static final ApiUsage NONE = new ApiUsage(0, 0, 0, Duration.ZERO, Duration.ZERO);

	/** The usage of both. */
	public ApiUsage plus(ApiUsage other) {
		return new ApiUsage(this.calls + other.calls, this.throttled + other.throttled, this.retries + other.retries,
				this.waited.plus(other.waited), this.elapsed.plus(other.elapsed));
	}

	/** Counts the calls of one reader or listing, and the time while it is open. */
	static final class Counter {

		private final Ticker time;

		private long calls;

		private long throttled;

		private long retries;

		private long waitedNanos;

		private long elapsedNanos;

		private @Nullable Long openedAt;

		Counter(Ticker time) {
			this.time = time;
		}

		synchronized void open() {
			this.openedAt = this.time.now();
		}

		synchronized void close() {
			this.elapsedNanos = elapsed();
			this.openedAt = null;
		}

		/** A call has its permit, for which it has waited. */
		synchronized void sent(long nanos) {
			this.calls++;
			this.waitedNanos += nanos;
		}

		/** A call that had its permit was not made. */
		synchronized void notSent() {
			this.calls--;
		}

		synchronized void throttled() {
			this.throttled++;
		}

		synchronized void retried() {
			this.retries++;
		}

		synchronized ApiUsage usage() {
			return new ApiUsage(this.calls, this.throttled, this.retries, Duration.ofNanos(this.waitedNanos),
					Duration.ofNanos(elapsed()));
		}

		private long elapsed() {
			return this.elapsedNanos + ((this.openedAt != null) ? this.time.now() - this.openedAt : 0);
		}

	}

}
