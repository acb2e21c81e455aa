package io.jobaudit.batch;

import java.time.Duration;

import io.jobaudit.ledger.RunBook;

/**
 * Whether a run gets on between failures of a database that answers all the same: a full
 * disk lets clients in and refuses what they write.
 */
final class WriteProgress {

	private final RunBook book;

	private final long runId;

	private final Duration patience;

	private long rows = -1;

	private long since;

	WriteProgress(RunBook book, long runId, Duration patience) {
		this.book = book;
		this.runId = runId;
		this.patience = patience;
	}

	/**
	 * Called before another attempt.
	 * @param outage what ended the last one
	 * @throws IllegalStateException when nothing has been written down for longer than
	 * the patience
	 */
	void requireSome(Throwable outage) {
		long now = System.nanoTime();
		long written = this.book.rowsWritten(this.runId);
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
