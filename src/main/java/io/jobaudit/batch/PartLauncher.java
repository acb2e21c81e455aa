package io.jobaudit.batch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.batch.AuditLauncher.AuditRequest;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.batch.OpenRun.RunWork;
import io.jobaudit.batch.RunObserver.SharedEnding;
import io.jobaudit.fetch.AccountClient;
import io.jobaudit.fetch.AccountClient.Lane;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.Fence;
import io.jobaudit.ledger.ItemRange;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.RunLock;
import io.jobaudit.ledger.RunPart;
import io.jobaudit.ledger.Runs;
import io.jobaudit.ledger.Runs.RunStatus;
import io.jobaudit.ledger.SharedRuns;
import io.jobaudit.ledger.SharedRuns.State;
import io.jobaudit.ledger.UsageRow;
import io.jobaudit.store.FailureStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.function.ThrowingFunction;

/** Does the work of shared runs: imports ids, fetches a part, closes the run. */
public record PartLauncher(AuditJob job, Ledger ledger, RunLifecycle lifecycle, SharedRuns shared,
		TransactionOperations transactions, List<RunObserver> observers) {

	private static final Logger LOG = LoggerFactory.getLogger(PartLauncher.class);

	/**
	 * How a run is shared.
	 *
	 * @param lanes how many processes fetch it at once
	 * @param partSize lines of a part
	 */
	public record Sharing(int lanes, int partSize) {
	}

	/** How long an outage of the database may last. */
	public Duration outagePatience() {
		return this.lifecycle.store().store().outagePatience();
	}

	/** The account that the settings name. */
	public AuditedAccount account() {
		return this.lifecycle.account();
	}

	/**
	 * Opens or resumes a run and imports its ids under the account's lock. Then workers
	 * may fetch it. If they already fetch a run of the same input, it is not changed.
	 * @param requested makes the request
	 * @param opened receives the number of the run before the import
	 * @throws io.jobaudit.ledger.RunLock.RunLockedException when another run of the
	 * account is in progress
	 */
	public AuditRun importIds(AuditedAccount account, ThrowingFunction<AccountClient, AuditRequest> requested,
			Sharing sharing, String version, Consumer<RunId> opened) throws Exception {
		try (AccountClient client = this.lifecycle.client(account, Lane.ALONE)) {
			this.lifecycle.check(client);
			AuditRequest request = requested.applyWithException(client);
			RunId next = runs().next(this.lifecycle.opening(account, request, version));
			Optional<RunId> inProgress = this.shared.inProgress(account.account());
			if (inProgress.isPresent() && inProgress.get().equals(next)) {
				return new AuditRun(next, account.account(), true);
			}
			try (RunLock lock = this.ledger.lock(account.account())) {
				this.lifecycle.loadPrices(account.account());
				AuditRun run = this.lifecycle.open(account, request, version);
				LOG.info("{} run {} of account {}", run.resumed() ? "Resuming" : "Starting", run.runId(),
						account.account());
				opened.accept(run.runId());
				RunWork work = new RunWork(ItemRange.ALL, request.refetch(), account.limits(), request.stop());
				OpenRun open = open(account, run, work, client, lock, runs().usage(run.runId()));
				end(open, this.job.executeImport(open, request.input()));
				share(run.runId(), sharing, lock);
				return run;
			}
		}
	}

	/**
	 * Resumes a run that was shared before, so that all its ids are imported.
	 * @return false if the run is not of this kind
	 */
	public boolean resume(AuditedAccount account, RunId runId, Sharing sharing) throws Exception {
		if (!this.shared.isShared(runId) || this.shared.state(runId).ended() == null) {
			return false;
		}
		try (AccountClient client = this.lifecycle.client(account, Lane.ALONE);
				RunLock lock = this.ledger.lock(account.account())) {
			this.lifecycle.check(client);
			LOG.info("Resuming run {} of account {}", runId, account.account());
			share(runId, sharing, lock);
			return true;
		}
	}

	/** Ends the run if its import was stopped or has failed; it can be resumed. */
	private void end(OpenRun open, @Nullable Throwable failure) {
		if (failure != null) {
			runs().end(open.runId(), RunStatus.FAILED, FailureStatus.of(failure));
			throw new IllegalStateException("the import of run %s failed".formatted(open.runId()), failure);
		}
		if (open.isStopping()) {
			runs().end(open.runId(), RunStatus.STOPPED, open.stop().status());
			throw new SharedRunException(open.stop().status(),
					"run %s was stopped during its import: %s".formatted(open.runId(), open.stop().reason()));
		}
	}

	private void share(RunId runId, Sharing sharing, RunLock lock) {
		this.transactions.executeWithoutResult((status) -> {
			this.shared.share(runId, sharing.lanes(), sharing.partSize());
			this.ledger.requireHeld(lock);
		});
	}

	/**
	 * Fetches a part.
	 * @param fence checked in each transaction
	 * @param lane limits on its calls
	 * @return its failure; null when all ids are decided or it was stopped
	 */
	public @Nullable Throwable fetch(AuditedAccount account, State run, RunPart part, Fence fence, Lane lane,
			StopRequest stop) {
		try (AccountClient client = this.lifecycle.client(account, lane)) {
			RunWork work = new RunWork(part.lines(), run.refetch(), account.limits(), stop);
			UsageRow usage = this.shared.usage(run.run().runId(), part);
			return this.job.executePart(open(account, run.run(), work, client, fence, usage), part.number());
		}
	}

	/**
	 * Closes a run whose parts are fetched, and writes its reports.
	 * @return how it ended; null when it was stopped
	 * @throws Exception when it could not be closed
	 */
	public @Nullable AuditResult close(AuditedAccount account, State run, Fence fence, Lane lane, StopRequest stop)
			throws Exception {
		try (AccountClient client = this.lifecycle.client(account, lane)) {
			RunWork work = new RunWork(ItemRange.ALL, run.refetch(), account.limits(), stop);
			UsageRow usage = runs().usage(run.run().runId());
			OpenRun open = open(account, run.run(), work, client, fence, usage);
			this.transactions.executeWithoutResult((status) -> {
				this.ledger.requireHeld(fence);
				usage.write(this.shared.usage(open.runId()));
			});
			Throwable failure = this.job.executeClose(open);
			if (failure != null) {
				throw (failure instanceof Exception known) ? known : new IllegalStateException(failure);
			}
			if (stop.reason() != null && !runs().isReported(open.runId())) {
				return null;
			}
			return this.transactions.execute((status) -> {
				this.ledger.requireHeld(fence);
				return this.lifecycle.end(open, null);
			});
		}
	}

	/** Ends a run early and stores the reason. */
	public AuditResult fail(State run, ExitStatus status, String reason) {
		this.shared.stop(run.run().runId(), status, reason);
		runs().end(run.run().runId(), RunStatus.FAILED, status);
		return result(run.run(), status, reason);
	}

	/** How a run has ended, for observers. */
	public SharedEnding ending(AuditedAccount account, AuditResult result) {
		RunId run = result.run().runId();
		return new SharedEnding(result, account.api(), this.shared.usage(run), this.shared.progress(run).losses());
	}

	/** Notifies the observers; their exceptions are only logged. */
	public void notifyObservers(Consumer<RunObserver> what) {
		for (RunObserver observer : this.observers) {
			try {
				what.accept(observer);
			}
			catch (RuntimeException ex) {
				LOG.warn("{} failed; the run is not affected", observer, ex);
			}
		}
	}

	/** How a run has ended, read from the database. */
	public AuditResult result(AuditRun run, ExitStatus status, @Nullable String reason) {
		String directory = (reason == null) ? runs().reportDirectory(run.runId()) : null;
		return new AuditResult(run, runs().statement(run.runId()), status, directory,
				(reason != null) ? new SharedRunException(status, reason) : null);
	}

	private OpenRun open(AuditedAccount account, AuditRun run, RunWork work, AccountClient client, Fence fence,
			UsageRow usage) {
		return new OpenRun(run, work, client, fence, this.lifecycle.figures(account, client), usage,
				new ConcurrentHashMap<>());
	}

	private Runs runs() {
		return this.lifecycle.runs();
	}

	/** A shared run has ended early; the reason is stored with it. */
	private static final class SharedRunException extends AuditException {

		private static final long serialVersionUID = 1L;

		SharedRunException(ExitStatus status, String reason) {
			super(status, reason);
		}

	}

}
