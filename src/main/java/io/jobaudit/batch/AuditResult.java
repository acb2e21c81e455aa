package io.jobaudit.batch;

import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.ClosingStatement;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param run the run
 * @param statement what went in and what came out so far
 * @param exitCode exit code of the process
 * @param reportDirectory where the reports are, null when there are none
 * @param failure what ended it early, null when it is complete
 */
public record AuditResult(AuditRun run, ClosingStatement statement, int exitCode, @Nullable String reportDirectory,
		@Nullable Throwable failure) {

	/** Whether every id is decided and the reports are on disk. */
	public boolean isComplete() {
		return this.reportDirectory != null;
	}

}
