package io.jobaudit.batch;

import io.jobaudit.RunId;
import io.jobaudit.batch.AuditLauncher.AuditRequest;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.RunLock;

/** A run while it is executed. */
record OpenRun(AuditRun run, AuditRequest request, RunLock lock, RunFigures figures) {

	RunId runId() {
		return this.run.runId();
	}

}
