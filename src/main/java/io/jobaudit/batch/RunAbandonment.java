package io.jobaudit.batch;

import java.sql.SQLException;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.RunHistory;
import io.jobaudit.ledger.RunLock;
import io.jobaudit.ledger.RunRecord;
import io.jobaudit.ledger.Runs;
import io.jobaudit.store.StoreProperties;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gives up an unfinished run. It holds the run's lock, so that no process works on it.
 * The executions in Spring Batch's tables end as failed, not as abandoned: an earlier
 * release takes an abandoned one for complete.
 */
public record RunAbandonment(Ledger ledger, RunHistory history, Runs runs, AuditJob job,
		TransactionOperations transactions, StoreProperties store) {

	/**
	 * Gives a run up; its ids without outcome stay pending.
	 * @return the run as it is then
	 * @throws io.jobaudit.ids.BadInputException when the account has no such run
	 * @throws io.jobaudit.ledger.RunLock.RunLockedException when a run holds the lock
	 * @throws SQLException when the database is unavailable
	 */
	public RunRecord abandon(RunId runId) throws SQLException {
		try (RunLock lock = this.ledger.lockBesideWorkers(this.store.account())) {
			requireUnfinished(find(runId));
			this.job.recover(runId);
			this.transactions.executeWithoutResult((status) -> {
				this.runs.abandon(runId);
				this.ledger.requireHeld(lock);
			});
			return find(runId);
		}
	}

	private RunRecord find(RunId runId) {
		return this.history.find(this.store.account(), runId)
			.orElseThrow(() -> Runs.unknown(this.store.account(), runId));
	}

	private static void requireUnfinished(RunRecord run) {
		String why = (run.abandonedAt() != null) ? "was given up at " + run.abandonedAt() : (run.purgedAt() != null)
				? "was purged at " + run.purgedAt() : run.status().equals("COMPLETED") ? "is complete" : null;
		if (why != null) {
			throw new FinishedRunException(run.run(), why);
		}
	}

	/** Only an unfinished run can be given up. */
	private static final class FinishedRunException extends AuditException {

		private static final long serialVersionUID = 1L;

		FinishedRunException(RunId run, String why) {
			super(ExitStatus.USAGE,
					"run %s %s; only an unfinished run can be given up, see job-audit runs".formatted(run, why));
		}

	}

}
