package io.jobaudit.batch;

import io.jobaudit.RunId;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.RunLock;

/**
 * A run while it is executed.
 *
 * @param run the run
 * @param request what was asked for
 * @param lock the lock under which it writes
 * @param figures its figures, for observers
 */
record OpenRun(AuditRun run, AuditRequest request, RunLock lock, RunFigures figures) {

	RunId runId() {
		return this.run.runId();
	}

}
