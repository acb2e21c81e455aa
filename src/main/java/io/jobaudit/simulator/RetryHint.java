package io.jobaudit.simulator;

import java.time.Duration;

/**
 * Until when the client of one connection was asked to wait. An answer on a connection is
 * read before the next call is sent on it, while a call on another one may have been sent
 * already. Not thread-safe.
 */
final class RetryHint {

	private boolean given;

	private long end;

	void give(long nanoTime, long millis) {
		this.given = true;
		this.end = nanoTime + Duration.ofMillis(millis).toNanos();
	}

	/** How much too early a call arrives; zero when it does not. */
	Duration early(long nanoTime) {
		return Duration.ofNanos(this.given ? Math.max(0, this.end - nanoTime) : 0);
	}

}
