package io.jobaudit.batch;

import java.sql.SQLException;
import java.util.concurrent.Callable;

import io.jobaudit.ExitStatus;
import io.jobaudit.fetch.ListingStoppedException;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.RunLock;
import io.jobaudit.ledger.RunLockLostException;
import io.jobaudit.store.DatabaseOutage;
import io.jobaudit.store.FailureStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Runs one audit: takes the lock, opens or resumes the run, executes its job, waits for
 * an unavailable database and resumes, and reports how the run ended.
 */
public final class AuditLauncher {

	private static final Logger LOG = LoggerFactory.getLogger(AuditLauncher.class);

	/** Key of the run's number in the log. */
	private static final String RUN = "run";

	private final AuditJob job;

	private final Ledger ledger;

	private final Preconditions preconditions;

	private final RunLifecycle lifecycle;

	private final DatabaseWait databaseWait;

	private final RunObservers observers;

	/**
	 * Creates a launcher.
	 * @param observers notified when a run begins and ends
	 */
	AuditLauncher(AuditJob job, Ledger ledger, Preconditions preconditions, RunLifecycle lifecycle,
			DatabaseWait databaseWait, RunObservers observers) {
		this.job = job;
		this.ledger = ledger;
		this.preconditions = preconditions;
		this.lifecycle = lifecycle;
		this.databaseWait = databaseWait;
		this.observers = observers;
	}

	/**
	 * Runs an audit to its end.
	 * @param requested makes the request; its failure is the run's
	 * @param version version of job-audit
	 * @param stop how the run is stopped
	 * @return how it ended; whatever failed in the run itself is in there
	 */
	public AuditResult run(Callable<AuditRequest> requested, String version, StopRequest stop) throws Exception {
		try {
			AuditResult result = runLocked(requested.call(), version);
			this.observers.notify((observer) -> observer.ended(RunEnding.of(result, stop)));
			return result;
		}
		catch (Exception ex) {
			ExitStatus status = (ex instanceof ListingStoppedException) ? stop.status() : FailureStatus.of(ex);
			this.observers.notify((observer) -> observer.ended(new RunEnding(null, status, ex, stop)));
			throw ex;
		}
		finally {
			MDC.remove(RUN);
		}
	}

	private AuditResult runLocked(AuditRequest request, String version) throws SQLException, InterruptedException {
		this.preconditions.check();
		RunLock lock = this.ledger.lock(this.preconditions.account());
		try {
			this.preconditions.loadPrices();
			AuditRun run = this.lifecycle.open(request, version);
			MDC.put(RUN, run.runId().toString());
			LOG.info("{} run {}", run.resumed() ? "Resuming" : "Starting", run.runId());
			RunFigures figures = this.lifecycle.figures();
			this.observers.notify((observer) -> observer.began(run, figures));
			StallDetector stall = this.lifecycle.stallDetector(run);
			DatabaseUnavailableException outage = null;
			DatabaseOutages outages = new DatabaseOutages(figures);
			while (true) {
				try {
					return attempt(new OpenRun(run, request, lock, figures), stall, outage);
				}
				catch (DatabaseUnavailableException ex) {
					outage = ex;
				}
				outages.failed(String.valueOf(outage.getMessage()));
				lock.close();
				lock = this.databaseWait.untilLocked(run.account(), request.stop(), outage);
				outages.ended();
			}
		}
		finally {
			lock.close();
		}
	}

	/** Executes the rest of the job and stores how it ended. */
	private AuditResult attempt(OpenRun open, StallDetector stall, @Nullable DatabaseUnavailableException outage) {
		try {
			if (outage != null) {
				stall.check(outage);
			}
			Throwable failure = this.job.execute(open);
			if (failure != null && isPassing(failure)) {
				throw new DatabaseUnavailableException(failure);
			}
			this.ledger.requireHeld(open.lock());
			return this.lifecycle.end(open.run(), open.request().stop().reason(), failure);
		}
		catch (DataAccessException | TransactionException | RunLockLostException ex) {
			throw isPassing(ex) ? new DatabaseUnavailableException(ex) : ex;
		}
	}

	private static boolean isPassing(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof RunLockLostException) {
				return true;
			}
		}
		return DatabaseOutage.isCauseOf(failure);
	}

}
