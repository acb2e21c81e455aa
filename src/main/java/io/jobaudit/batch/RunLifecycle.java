package io.jobaudit.batch;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.jobaudit.Account;
import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.batch.AuditLauncher.AuditRequest;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.batch.StopRequest.Reason;
import io.jobaudit.billing.PriceLoader;
import io.jobaudit.fetch.AccountClient;
import io.jobaudit.fetch.AccountClient.Lane;
import io.jobaudit.fetch.AccountClients;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.fetch.api.VendorCredentials;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.LimitsProperties;
import io.jobaudit.ledger.Runs;
import io.jobaudit.ledger.Runs.RunOpening;
import io.jobaudit.ledger.Runs.RunStatus;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.store.FailureStatus;
import io.jobaudit.store.StoreProperties;
import org.jspecify.annotations.Nullable;

/** Opens a run in the ledger and stores how it ended. */
record RunLifecycle(Runs runs, ReportWriter reports, AccountClients clients, ApiProperties api, StoreProperties store,
		LimitsProperties limits, PriceLoader prices) {

	/** The account that the settings name. */
	AuditedAccount account() {
		return new AuditedAccount(this.store.account(), this.api, VendorCredentials::new, this.limits);
	}

	/**
	 * A client of an account.
	 * @param lane limits on its calls
	 */
	AccountClient client(AuditedAccount account, Lane lane) {
		return this.clients.of(account.account(), account.api(), account.credentials().get(), lane);
	}

	/** Checks what needs no lock: credentials and report queries. */
	void check(AccountClient client) {
		client.requireCredentials();
		this.reports.requireUsableQueries();
	}

	/** Loads the prices that the reports will name; called under the run's lock. */
	void loadPrices(Account account) {
		this.prices.load(account, this.reports.zone());
	}

	/** Opens a run, or resumes one of the same input, if reports can be written. */
	AuditRun open(AuditedAccount account, AuditRequest request, String version) {
		RunOpening opening = opening(account, request, version);
		this.reports.requireDirectory(this.runs.next(opening));
		return this.runs.open(opening);
	}

	/** Collects the values that a run is opened with. */
	RunOpening opening(AuditedAccount account, AuditRequest request, String version) {
		Map<String, String> settings = Map.of("audit.api.rate", Double.toString(account.api().rate()),
				"audit.api.concurrency", Integer.toString(account.api().concurrency()), "audit.store.ai-result",
				this.store.store().aiResult().name(), "refetch", Boolean.toString(request.refetch()));
		return new RunOpening(account.account(), String.valueOf(account.api().region()), request.input(),
				request.lineage(), version, settings, request.fresh());
	}

	RunFigures figures(AuditedAccount account, AccountClient client) {
		return new RunFigures(client::usage, account.api().rate(), client::currentRate, client::listen, client::outage);
	}

	/** Notices when a run makes no progress over several outages. */
	StallDetector stallDetector(AuditRun run) {
		return new StallDetector(this.runs, run.runId(), this.store.store().outagePatience());
	}

	/**
	 * Stores how a run ended. A run that was asked to stop is complete if its reports are
	 * written.
	 * @param failure what ended it early, null when nothing did
	 */
	AuditResult end(OpenRun open, @Nullable Throwable failure) {
		AuditRun run = open.run();
		Reason stopped = open.stop().reason();
		ClosingStatement closed = open.figures().closingStatement();
		ClosingStatement statement = (closed != null) ? closed : this.runs.statement(run.runId());
		if (failure != null) {
			ExitStatus status = FailureStatus.of(failure);
			this.runs.end(run.runId(), RunStatus.FAILED, status);
			return new AuditResult(run, statement, status, null, failure);
		}
		if (stopped != null && !this.runs.isReported(run.runId())) {
			this.runs.end(run.runId(), RunStatus.STOPPED, stopped.status());
			return new AuditResult(run, statement, stopped.status(), null, null);
		}
		ExitStatus status = open.work().limits().status(statement);
		this.runs.end(run.runId(), RunStatus.COMPLETED, status);
		return new AuditResult(run, statement, status, this.runs.reportDirectory(run.runId()), null);
	}

	/**
	 * Notices that a run makes no progress although the database answers: with a full
	 * disk, a server accepts clients and rejects what they write.
	 */
	static final class StallDetector {

		private final Runs runs;

		private final RunId runId;

		private final Duration patience;

		private long rows = -1;

		private long since;

		StallDetector(Runs runs, RunId runId, Duration patience) {
			this.runs = runs;
			this.runId = runId;
			this.patience = patience;
		}

		/**
		 * Called before another attempt.
		 * @throws IllegalStateException when no write has succeeded for longer than the
		 * patience
		 */
		void check(Throwable outage) {
			long now = System.nanoTime();
			long written = this.runs.rowsWritten(this.runId);
			if (written != this.rows) {
				this.rows = written;
				this.since = now;
			}
			if (now - this.since > TimeUnit.NANOSECONDS.convert(this.patience)) {
				throw new IllegalStateException(
						"the database accepts connections, but no write has succeeded for %s (audit.store.outage-patience)"
							.formatted(this.patience),
						outage);
			}
		}

	}

}
