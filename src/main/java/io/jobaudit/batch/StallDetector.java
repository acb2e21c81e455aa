package io.jobaudit.batch;

import java.time.Duration;

import io.jobaudit.RunId;
import io.jobaudit.ledger.Runs;

/**
 * Notices that a run makes no progress although the database answers: with a full disk, a
 * server accepts clients and rejects what they write.
 */
final class StallDetector {

	private final Runs runs;

	private final RunId runId;

	private final Duration patience;

	private long rows = -1;

	private long since;

	StallDetector(Runs runs, RunId runId, Duration patience) {
		this.runs = runs;
		this.runId = runId;
		this.patience = patience;
	}

	/**
	 * Called before another attempt.
	 * @param outage what ended the last one
	 * @throws IllegalStateException when no write has succeeded for longer than the
	 * patience
	 */
	void check(Throwable outage) {
		long now = System.nanoTime();
		long written = this.runs.rowsWritten(this.runId);
		if (written != this.rows) {
			this.rows = written;
			this.since = now;
		}
		if (now - this.since > this.patience.toNanos()) {
			throw new IllegalStateException(
					"the database accepts connections, but no write has succeeded for %s (audit.store.outage-patience)"
						.formatted(this.patience),
					outage);
		}
	}

}
