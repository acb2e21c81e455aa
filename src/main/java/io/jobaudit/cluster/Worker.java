package io.jobaudit.cluster;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.jobaudit.FailureReason;
import io.jobaudit.RunId;
import io.jobaudit.batch.AuditLauncher;
import io.jobaudit.batch.AuditLauncher.AuditRequest;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.SharedRuns.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** A process that works on shared runs together with others. */
public final class Worker implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

	private static final long LOOK_MILLIS = 50;

	private final Cluster cluster;

	private final List<WorkerAccount> accounts;

	private final String version;

	private final StopRequest stop;

	private final Scheduler engine;

	private final ObservedWork work;

	private final TaskQueue queue;

	Worker(Cluster cluster, List<WorkerAccount> accounts, String version, StopRequest stop, Scheduler engine,
			ObservedWork work, ServerClock clock) {
		this.cluster = cluster;
		this.accounts = accounts;
		this.version = version;
		this.stop = stop;
		this.engine = engine;
		this.work = work;
		this.queue = new TaskQueue(engine, clock);
	}

	/** Starts to take tasks, until a stop is requested. */
	public void start() {
		this.engine.start();
		this.cluster.launcher().notifyObservers((observer) -> observer.began(this.work));
		this.stop.onStop(this.engine::pause);
	}

	/** Opens or resumes the run of its only account, imports its ids, and shares it. */
	public AuditRun share() throws Exception {
		WorkerAccount account = this.accounts.get(0);
		AtomicReference<@Nullable AuditRequest> made = new AtomicReference<>();
		return patiently(() -> {
			AuditRun run = this.cluster.launcher().importIds(account.audited(), (client) -> {
				AuditRequest known = made.get();
				AuditRequest request = (known != null) ? known : account.ids().request(client, this.stop);
				made.set(request);
				return request;
			}, this.cluster.sharing(account.audited()), this.version, (opened) -> {
			});
			this.queue.fetch(run.account(), run.runId(), this.cluster.shared().state(run.runId()).lanes());
			return run;
		});
	}

	/**
	 * Executes an action that needs the database. While the database is unavailable,
	 * tries again for as long as a run would wait.
	 */
	public <T> T patiently(Callable<T> what) throws Exception {
		long patience = this.cluster.launcher().outagePatience().toNanos();
		long began = System.nanoTime();
		while (true) {
			try {
				return what.call();
			}
			catch (Exception ex) {
				if (!AuditLauncher.isPassing(ex) || this.stop.reason() != null
						|| System.nanoTime() - began > patience) {
					throw ex;
				}
				LOG.warn("The database is unavailable, trying again: {}",
						FailureReason.of(NestedExceptionUtils.getMostSpecificCause(ex)));
			}
			pause();
		}
	}

	/**
	 * Begins the night of all accounts on a day, or continues it.
	 * @param until time after which it makes no call, null for no limit
	 * @return its number
	 */
	public long openNight(LocalDate day, @Nullable Instant until) {
		Nights nights = this.cluster.nights();
		long night = nights.open(day, until, this.accounts.stream().map(WorkerAccount::name).toList());
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
	 * Whether no task of its accounts is left, and no process holds the lock of one of
	 * them and may add tasks.
	 */
	public boolean isIdle() throws Exception {
		return patiently(() -> this.accounts.stream()
			.map((account) -> account.audited().account())
			.noneMatch((account) -> this.cluster.hasTasks(account) || this.cluster.isLocked(account)));
	}

	/** Waits for the poll interval, or until a stop is requested. */
	public void pause() throws InterruptedException {
		long end = System.nanoTime() + this.cluster.scale().pollInterval().toNanos();
		while (this.stop.reason() == null && System.nanoTime() < end) {
			TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
		}
	}

	/** Whether workers are working on the run or may still take it. */
	public boolean isInProgress(RunId run) throws Exception {
		return patiently(() -> this.cluster.shared().isInProgress(run));
	}

	/** How a shared run has ended, or how this process stops before its end. */
	public AuditResult result(AuditRun run) throws Exception {
		return patiently(() -> {
			State state = this.cluster.shared().state(run.runId());
			return this.cluster.launcher()
				.result(run, (state.ended() != null) ? state.ended() : this.stop.status(),
						(state.stopping() != null) ? state.stopping().reason() : null);
		});
	}

	/** Stops taking tasks and gives all tasks back. */
	@Override
	public void close() {
		this.engine.stop();
		this.cluster.launcher().notifyObservers((observer) -> observer.ended(this.work));
	}

}
