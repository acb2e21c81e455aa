package io.jobaudit.batch;

import java.util.Map;

import io.jobaudit.RunId;
import io.jobaudit.SmartJobId;
import io.jobaudit.batch.Normalization.DecidedItem;
import io.jobaudit.batch.RunFigures.FileInProgress;
import io.jobaudit.fetch.AccountClient;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.Fence;
import io.jobaudit.ledger.ItemRange;
import io.jobaudit.ledger.LimitsProperties;
import io.jobaudit.ledger.UsageRow;
import io.jobaudit.report.subject.ReportWatch;

/**
 * A run, or a part of it, while it is executed.
 *
 * @param client client of its account
 * @param fence checked in each transaction
 * @param usage row in which its calls are counted
 * @param unwritten answers that could not be written during an outage of the database
 */
record OpenRun(AuditRun run, RunWork work, AccountClient client, Fence fence, RunFigures figures, UsageRow usage,
		Map<SmartJobId, DecidedItem> unwritten) implements ReportWatch {

	/**
	 * The work to be done.
	 *
	 * @param lines the lines of the input whose ids are fetched
	 * @param refetch whether jobs stored in a final state are fetched again
	 */
	record RunWork(ItemRange lines, boolean refetch, LimitsProperties limits, StopRequest stop) {
	}

	RunId runId() {
		return this.run.runId();
	}

	StopRequest stop() {
		return this.work.stop();
	}

	void recordUsage() {
		this.figures.recordUsage(this.usage);
	}

	@Override
	public boolean isStopping() {
		return stop().reason() != null;
	}

	@Override
	public void writing(String file, long rows, long jobs) {
		this.figures.writing(new FileInProgress(file, rows, jobs));
	}

}
