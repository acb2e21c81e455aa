package io.jobaudit.batch;

import java.time.Duration;

import io.jobaudit.RunId;
import io.jobaudit.ledger.Runs;

/**
 * Whether a run gets on between failures of a database that answers all the same: a full
 * disk lets clients in and refuses what they write.
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
	 * @throws IllegalStateException when nothing has been written down for longer than
	 * the patience
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
					"the database answers and takes no rows for audit.store.outage-patience, " + this.patience, outage);
		}
	}

}
