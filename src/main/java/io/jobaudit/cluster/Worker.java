package io.jobaudit.cluster;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.jobaudit.RunId;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.SharedRuns.State;

/** A process that shares its work with others. */
public final class Worker implements AutoCloseable {

	private static final long LOOK_MILLIS = 50;

	private final Cluster cluster;

	private final List<WorkerAccount> accounts;

	private final String version;

	private final StopRequest stop;

	private final Scheduler engine;

	private final TaskQueue queue;

	Worker(Cluster cluster, List<WorkerAccount> accounts, String version, StopRequest stop, Scheduler engine,
			TaskQueue queue) {
		this.cluster = cluster;
		this.accounts = accounts;
		this.version = version;
		this.stop = stop;
		this.engine = engine;
		this.queue = queue;
	}

	/** Takes tasks from now on, until it is to stop. */
	public void start() {
		this.engine.start();
		this.stop.onStop(this.engine::pause);
	}

	/** Opens or resumes the run of its only account, imports its ids, and shares it. */
	public AuditRun share() throws Exception {
		WorkerAccount account = this.accounts.get(0);
		AuditRun run = this.cluster.launcher()
			.importIds(account.audited(), (client) -> account.ids().request(client, this.stop),
					this.cluster.sharing(account.audited()), this.version, (opened) -> {
					});
		this.queue.fetch(run.account(), run.runId(), this.cluster.shared().state(run.runId()).lanes());
		return run;
	}

	/**
	 * Begins the night of all accounts on a day, or continues it.
	 * @return its number
	 */
	public long openNight(LocalDate day) {
		Nights nights = this.cluster.nights();
		long night = nights.open(day, this.accounts.stream().map(WorkerAccount::name).toList());
		nights.accounts(night)
			.stream()
			.filter((account) -> account.status() == null)
			.forEach((account) -> this.queue.importIds(account.account(), night));
		if (nights.isOver(night) && nights.status(night).isEmpty()) {
			this.queue.endNight(night);
		}
		return night;
	}

	/**
	 * Whether no task of its accounts is left, and no process that may add some has the
	 * lock of one.
	 */
	public boolean isIdle() {
		return this.accounts.stream()
			.map((account) -> account.audited().account())
			.noneMatch((account) -> this.cluster.hasTasks(account) || this.cluster.isLocked(account));
	}

	/** Waits for the time between two looks for tasks, or until it is to stop. */
	public void pause() throws InterruptedException {
		long end = System.nanoTime() + this.cluster.scale().pollInterval().toNanos();
		while (this.stop.reason() == null && System.nanoTime() < end) {
			TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
		}
	}

	/** Whether workers still have the run, or may take it. */
	public boolean isInProgress(RunId run) {
		return this.cluster.shared().isInProgress(run);
	}

	/** How a shared run ended, or is to be resumed. */
	public AuditResult result(AuditRun run) {
		State state = this.cluster.shared().state(run.runId());
		return this.cluster.launcher()
			.result(run, (state.ended() != null) ? state.ended() : this.stop.status(), state.reason());
	}

	/** Gives all tasks back. */
	@Override
	public void close() {
		this.engine.stop();
	}

}
