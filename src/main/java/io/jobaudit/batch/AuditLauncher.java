package io.jobaudit.batch;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.jobaudit.Account;
import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.SmartJobId;
import io.jobaudit.batch.Normalization.DecidedItem;
import io.jobaudit.batch.OpenRun.RunWork;
import io.jobaudit.batch.RunLifecycle.StallDetector;
import io.jobaudit.batch.RunObserver.RunEnding;
import io.jobaudit.fetch.AccountClient;
import io.jobaudit.fetch.AccountClient.Lane;
import io.jobaudit.fetch.JobListing.ListingStoppedException;
import io.jobaudit.ids.CsvInput;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.ItemRange;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.ParentRun;
import io.jobaudit.ledger.RunLock;
import io.jobaudit.ledger.RunLock.RunLockLostException;
import io.jobaudit.store.FailureStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.util.function.ThrowingFunction;

/**
 * Runs one audit: takes the lock, opens or resumes the run, executes its job, waits for
 * an unavailable database and resumes, and reports how the run ended.
 */
public record AuditLauncher(AuditJob job, Ledger ledger, RunLifecycle lifecycle, Clock clock,
		List<RunObserver> observers) {

	private static final Logger LOG = LoggerFactory.getLogger(AuditLauncher.class);

	private static final String RUN = "run";

	/**
	 * Runs an audit to its end.
	 * @param requested makes the request; its failure is the run's
	 */
	public AuditResult run(ThrowingFunction<AccountClient, AuditRequest> requested, String version, StopRequest stop)
			throws Exception {
		AuditedAccount account = this.lifecycle.account();
		try (AccountClient client = this.lifecycle.client(account, Lane.ALONE)) {
			AuditResult result = runLocked(account, client, requested.applyWithException(client), version);
			notifyObservers((observer) -> observer.ended(RunEnding.of(result, stop)));
			return result;
		}
		catch (Exception ex) {
			ExitStatus status = (ex instanceof ListingStoppedException) ? stop.status() : FailureStatus.of(ex);
			notifyObservers((observer) -> observer.ended(new RunEnding(null, status, ex, stop)));
			throw ex;
		}
		finally {
			MDC.remove(RUN);
		}
	}

	private AuditResult runLocked(AuditedAccount account, AccountClient client, AuditRequest request, String version)
			throws SQLException, InterruptedException {
		this.lifecycle.check(client);
		RunLock lock = this.ledger.lock(client.account());
		try {
			this.lifecycle.loadPrices(client.account());
			AuditRun run = this.lifecycle.open(account, request, version);
			MDC.put(RUN, run.runId().toString());
			LOG.info("{} run {}", run.resumed() ? "Resuming" : "Starting", run.runId());
			RunFigures figures = this.lifecycle.figures(account, client);
			notifyObservers((observer) -> observer.began(run, figures));
			StallDetector stall = this.lifecycle.stallDetector(run);
			DatabaseUnavailableException outage = null;
			DatabaseOutages outages = new DatabaseOutages(figures);
			RunWork work = new RunWork(ItemRange.ALL, request.refetch(), account.limits(), request.stop());
			Map<SmartJobId, DecidedItem> unwritten = new ConcurrentHashMap<>();
			while (true) {
				try {
					return attempt(new OpenRun(run, work, client, lock, figures,
							this.lifecycle.runs().usage(run.runId()), unwritten), request.input(), stall, outage);
				}
				catch (DatabaseUnavailableException ex) {
					outage = ex;
				}
				outages.failed(String.valueOf(outage.getMessage()));
				lock.close();
				lock = untilLocked(run.account(), request.stop(), outage);
				outages.ended();
			}
		}
		finally {
			lock.close();
		}
	}

	/**
	 * Waits until the database is back and the run's lock is ours again.
	 * @throws SQLException when the outage lasts too long
	 * @throws io.jobaudit.ledger.RunLock.RunLockedException when another run has taken
	 * over
	 */
	private RunLock untilLocked(Account account, StopRequest stop, Throwable outage)
			throws SQLException, InterruptedException {
		Instant began = this.clock.instant();
		while (true) {
			// A server that is going down may still accept clients for a moment.
			TimeUnit.MILLISECONDS.sleep(500);
			try {
				return this.ledger.lock(account);
			}
			catch (SQLException | RuntimeException ex) {
				boolean patient = Duration.between(began, this.clock.instant())
					.compareTo(this.lifecycle.store().store().outagePatience()) < 0;
				if (!FailureStatus.isOutage(ex) || !patient || stop.reason() != null) {
					ex.addSuppressed(outage);
					throw ex;
				}
			}
		}
	}

	/** Executes the rest of the job and stores how it ended. */
	private AuditResult attempt(OpenRun open, CsvInput input, StallDetector stall,
			@Nullable DatabaseUnavailableException outage) {
		try {
			if (outage != null) {
				stall.check(outage);
			}
			Throwable failure = this.job.execute(open, input);
			if (failure != null && isPassing(failure)) {
				throw new DatabaseUnavailableException(failure);
			}
			this.ledger.requireHeld(open.fence());
			return this.lifecycle.end(open, failure);
		}
		catch (DataAccessException | TransactionException | RunLockLostException ex) {
			throw isPassing(ex) ? new DatabaseUnavailableException(ex) : ex;
		}
	}

	/** Notifies the observers; their exceptions do not affect the run. */
	private void notifyObservers(Consumer<RunObserver> what) {
		for (RunObserver observer : this.observers) {
			try {
				what.accept(observer);
			}
			catch (RuntimeException ex) {
				LOG.warn("{} failed; the run is not affected", observer, ex);
			}
		}
	}

	/**
	 * Whether a failure is due to a database that is unavailable: the run waits for it.
	 */
	public static boolean isPassing(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof RunLockLostException) {
				return true;
			}
		}
		return FailureStatus.isOutage(failure);
	}

	/** The database became unavailable during a run; the run waits for it. */
	private static final class DatabaseUnavailableException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		DatabaseUnavailableException(Throwable cause) {
			super(String.valueOf(NestedExceptionUtils.getMostSpecificCause(cause).getMessage()), cause);
		}

	}

	/**
	 * The request of an operator.
	 *
	 * @param lineage the earlier run that the ids come from, null for none
	 * @param refetch whether jobs stored in a final state are fetched again
	 * @param fresh whether to start a new run even if one of the same input is unfinished
	 */
	public record AuditRequest(CsvInput input, @Nullable ParentRun lineage, boolean refetch, boolean fresh,
			StopRequest stop) {
	}

	/**
	 * How a run ended.
	 *
	 * @param statement what went in and what came out so far
	 * @param reportDirectory where the reports are, null when there are none
	 */
	public record AuditResult(AuditRun run, ClosingStatement statement, ExitStatus status,
			@Nullable String reportDirectory, @Nullable Throwable failure) {

		/** Whether every id is decided and the reports are on disk. */
		public boolean isComplete() {
			return this.reportDirectory != null;
		}

	}

}
