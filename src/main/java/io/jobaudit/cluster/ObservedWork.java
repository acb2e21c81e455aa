package io.jobaudit.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.Scheduler;
import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.batch.AuditedAccount;
import io.jobaudit.batch.RunObserver.SharedEnding;
import io.jobaudit.batch.SharedProgress;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.SharedRuns;
import io.jobaudit.ledger.SharedRuns.State;
import io.jobaudit.ledger.SharedRuns.Stop;

/**
 * The progress of a worker, read from its engine, and of its shared runs, read from the
 * database.
 */
record ObservedWork(Cluster cluster, Map<Account, AuditedAccount> accounts, Scheduler engine,
		TaskRunner runner) implements SharedProgress {

	@Override
	public String node() {
		return this.cluster.scale().place();
	}

	@Override
	public NodeReading reading() {
		List<CurrentlyExecuting> tasks = this.engine.getCurrentlyExecuting();
		return new NodeReading(
				(int) tasks.stream().filter((task) -> TaskKind.FETCH.is(task.getTaskInstance().getTaskName())).count(),
				this.runner.lost(),
				tasks.stream().mapToDouble((task) -> task.getHeartbeatState().getFractionDead()).max().orElse(0));
	}

	@Override
	public List<SharedReading> runs() {
		return shared().inProgress()
			.entrySet()
			.stream()
			.filter((run) -> this.accounts.containsKey(run.getKey().account()))
			.map((run) -> reading(run.getKey(), run.getValue()))
			.toList();
	}

	private SharedReading reading(AuditRun run, Instant startedAt) {
		RunId id = run.runId();
		return new SharedReading(run, account(run).api(), startedAt, shared().outcomes(id), shared().pending(id),
				shared().usage(id), shared().progress(id));
	}

	@Override
	public Optional<SharedEnding> ending(AuditRun run) {
		State state = shared().state(run.runId());
		Stop stop = state.stopping();
		return Optional.ofNullable(state.ended())
			.map((status) -> this.cluster.launcher().result(run, status, (stop != null) ? stop.reason() : null))
			.map((result) -> this.cluster.launcher().ending(account(run), result));
	}

	private AuditedAccount account(AuditRun run) {
		return Objects.requireNonNull(this.accounts.get(run.account()), "a run of another account");
	}

	private SharedRuns shared() {
		return this.cluster.shared();
	}

}
