package io.jobaudit.batch;

import java.util.Map;

import io.jobaudit.RunId;
import io.jobaudit.SmartJobId;
import io.jobaudit.batch.AuditLauncher.AuditRequest;
import io.jobaudit.batch.Normalization.DecidedItem;
import io.jobaudit.batch.RunFigures.FileInProgress;
import io.jobaudit.fetch.AccountClient;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.RunLock;
import io.jobaudit.report.subject.ReportWatch;

/**
 * A run while it is executed, with the client of its account, and the answers that an
 * outage kept from the database.
 */
record OpenRun(AuditRun run, AuditRequest request, AccountClient client, RunLock lock, RunFigures figures,
		Map<SmartJobId, DecidedItem> unwritten) implements ReportWatch {

	RunId runId() {
		return this.run.runId();
	}

	@Override
	public boolean isStopping() {
		return this.request.stop().reason() != null;
	}

	@Override
	public void writing(String file, long rows, long jobs) {
		this.figures.writing(new FileInProgress(file, rows, jobs));
	}

}
