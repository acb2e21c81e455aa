package io.jobaudit.batch;

import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.ledger.AuditRun;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param run the run
 * @param statement what went in and what came out so far
 * @param status how the process ends
 * @param reportDirectory where the reports are, null when there are none
 * @param failure what ended it early, null when it is complete
 */
public record AuditResult(AuditRun run, ClosingStatement statement, ExitStatus status, @Nullable String reportDirectory,
		@Nullable Throwable failure) {

	/** Whether every id is decided and the reports are on disk. */
	public boolean isComplete() {
		return this.reportDirectory != null;
	}

}
