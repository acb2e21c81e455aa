package io.jobaudit.fetch;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

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

	/**
	 * Cuts times to whole milliseconds, as they are stored, so that sums stay exact.
	 */
	public ApiUsage {
		waited = waited.truncatedTo(ChronoUnit.MILLIS);
		elapsed = elapsed.truncatedTo(ChronoUnit.MILLIS);
	}

	/** No calls yet. */
	public static final ApiUsage NONE = new ApiUsage(0, 0, 0, Duration.ZERO, Duration.ZERO);

	/** The usage since an earlier reading. */
	public ApiUsage since(ApiUsage earlier) {
		return new ApiUsage(this.calls - earlier.calls, this.throttled - earlier.throttled,
				this.retries - earlier.retries, this.waited.minus(earlier.waited), this.elapsed.minus(earlier.elapsed));
	}

}
