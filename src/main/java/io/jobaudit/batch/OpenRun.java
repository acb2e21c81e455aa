package io.jobaudit.batch;

import io.jobaudit.RunId;
import io.jobaudit.batch.AuditLauncher.AuditRequest;
import io.jobaudit.fetch.AccountClient;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.RunLock;

/** A run while it is executed, with the client of its account. */
record OpenRun(AuditRun run, AuditRequest request, AccountClient client, RunLock lock, RunFigures figures) {

	RunId runId() {
		return this.run.runId();
	}

}
