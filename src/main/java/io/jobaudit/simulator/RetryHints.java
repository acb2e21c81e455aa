package io.jobaudit.simulator;

import java.time.Duration;

/** Remembers until when clients were told to wait, and who did not. Not thread-safe. */
final class RetryHints {

	/**
	 * A call that comes this soon may have left before its client could read the hint.
	 */
	static final Duration CROSSING = Duration.ofMillis(50);

	private boolean any;

	private long latestGiven;

	private long latestEnd;

	private long broken;

	private long worst;

	void given(long nanoTime, long millis) {
		long end = nanoTime + Duration.ofMillis(millis).toNanos();
		if (!this.any || end - this.latestEnd > 0) {
			this.any = true;
			this.latestGiven = nanoTime;
			this.latestEnd = end;
		}
	}

	void callArrived(long nanoTime) {
		long early = this.latestEnd - nanoTime;
		if (this.any && early > 0 && nanoTime - this.latestGiven > CROSSING.toNanos()) {
			this.broken++;
			this.worst = Math.max(this.worst, early);
		}
	}

	long broken() {
		return this.broken;
	}

	long worstMillis() {
		return Duration.ofNanos(this.worst).toMillis();
	}

}
