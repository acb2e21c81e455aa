package io.jobaudit.batch;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;

import io.jobaudit.ExitStatus;
import io.jobaudit.batch.StopRequest.Reason;
import io.jobaudit.fetch.ListingStoppedException;
import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.ClosingStatement;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.LimitsProperties;
import io.jobaudit.ledger.RunLock;
import io.jobaudit.ledger.RunLockLostException;
import io.jobaudit.ledger.RunOpening;
import io.jobaudit.ledger.RunStatus;
import io.jobaudit.ledger.Runs;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.store.DatabaseOutage;
import io.jobaudit.store.FailureStatus;
import io.jobaudit.store.StoreProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Runs one audit: takes the lock, opens the run or goes on with it, executes its job,
 * waits for a database that goes away and goes on, and says how it ended.
 */
public final class AuditLauncher {

	private static final Logger LOG = LoggerFactory.getLogger(AuditLauncher.class);

	/** Key of the run's number in the log. */
	private static final String RUN = "run";

	private final AuditJob job;

	private final Ledger ledger;

	private final Runs runs;

	private final SmartJobFetch fetch;

	private final ReportWriter reports;

	private final Runnable prices;

	private final DatabaseWait databaseWait;

	private final ApiProperties api;

	private final StoreProperties store;

	private final LimitsProperties limits;

	private final RunObservers observers;

	/**
	 * Creates a launcher.
	 * @param prices loads the prices that the reports will name
	 * @param observers told when a run begins and ends
	 */
	AuditLauncher(AuditJob job, Ledger ledger, Runs runs, SmartJobFetch fetch, ReportWriter reports, Runnable prices,
			DatabaseWait databaseWait, ApiProperties api, StoreProperties store, LimitsProperties limits,
			RunObservers observers) {
		this.job = job;
		this.ledger = ledger;
		this.runs = runs;
		this.fetch = fetch;
		this.reports = reports;
		this.prices = prices;
		this.databaseWait = databaseWait;
		this.api = api;
		this.store = store;
		this.limits = limits;
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
			this.observers.tell((observer) -> observer.ended(RunEnding.of(result, stop)));
			return result;
		}
		catch (Exception ex) {
			ExitStatus status = (ex instanceof ListingStoppedException) ? stop.status() : FailureStatus.of(ex);
			this.observers.tell((observer) -> observer.ended(new RunEnding(null, status, ex, stop)));
			throw ex;
		}
		finally {
			MDC.remove(RUN);
		}
	}

	private AuditResult runLocked(AuditRequest request, String version) throws SQLException, InterruptedException {
		this.fetch.requireCredentials();
		this.reports.requireUsableQueries();
		RunLock lock = this.ledger.lock(this.store.account());
		try {
			this.prices.run();
			AuditRun run = this.runs.open(opening(request, version));
			MDC.put(RUN, run.runId().toString());
			LOG.info("{} run {}", run.resumed() ? "Going on with" : "Beginning", run.runId());
			RunFigures figures = new RunFigures(this.fetch::usage, this.api.rate(), this.fetch::currentRate);
			this.observers.tell((observer) -> observer.began(run, figures));
			StallDetector progress = new StallDetector(this.runs, run.runId(), this.store.store().outagePatience());
			DatabaseAwayException outage = null;
			while (true) {
				try {
					return attempt(new OpenRun(run, request, lock, figures), progress, outage);
				}
				catch (DatabaseAwayException ex) {
					outage = ex;
				}
				LOG.warn("The database is away, waiting for it: {}", outage.getMessage());
				lock.close();
				lock = this.databaseWait.untilLocked(this.store.account(), request.stop(), outage);
			}
		}
		finally {
			lock.close();
		}
	}

	/** Executes what is left of the job and writes down how it ended. */
	private AuditResult attempt(OpenRun open, StallDetector progress, @Nullable DatabaseAwayException outage) {
		try {
			if (outage != null) {
				progress.check(outage);
			}
			Throwable failure = this.job.execute(open);
			if (failure != null && isPassing(failure)) {
				throw new DatabaseAwayException(failure);
			}
			this.ledger.requireHeld(open.lock());
			return end(open.run(), open.request().stop().reason(), failure);
		}
		catch (DataAccessException | TransactionException | RunLockLostException ex) {
			throw isPassing(ex) ? new DatabaseAwayException(ex) : ex;
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

	private AuditResult end(AuditRun run, @Nullable Reason stopped, @Nullable Throwable failure) {
		ClosingStatement statement = this.runs.statement(run.runId());
		if (failure != null) {
			ExitStatus status = FailureStatus.of(failure);
			this.runs.end(run.runId(), RunStatus.FAILED, status);
			return new AuditResult(run, statement, status, null, failure);
		}
		if (stopped != null && !this.runs.isReported(run.runId())) {
			this.runs.end(run.runId(), RunStatus.STOPPED, stopped.status());
			return new AuditResult(run, statement, stopped.status(), null, null);
		}
		ExitStatus status = this.limits.status(statement);
		this.runs.end(run.runId(), RunStatus.COMPLETED, status);
		return new AuditResult(run, statement, status, this.runs.reportDirectory(run.runId()), null);
	}

	private RunOpening opening(AuditRequest request, String version) {
		Map<String, String> settings = Map.of("audit.api.rate", Double.toString(this.api.rate()),
				"audit.api.concurrency", Integer.toString(this.api.concurrency()), "audit.store.ai-result",
				this.store.store().aiResult().name(), "refetch", Boolean.toString(request.refetch()));
		return new RunOpening(this.store.account(), String.valueOf(this.api.region()), request.input(),
				request.lineage(), version, settings, request.fresh());
	}

}
