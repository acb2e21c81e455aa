package io.jobaudit.cluster;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.batch.PartLauncher;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.fetch.AccountClient.Lane;
import io.jobaudit.fetch.CallGate;
import io.jobaudit.fetch.SharedRate;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.RunPart;
import io.jobaudit.ledger.SharedRuns;
import io.jobaudit.ledger.SharedRuns.State;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Fetches the parts of a lane, one part per execution. After each part, tasks that have
 * waited longer are executed first.
 */
record FetchTask(WorkerAccount account, PartLauncher launcher, SharedRuns shared, Ledger ledger,
		TransactionOperations transactions, Duration lease) implements TaskWork {

	@Override
	public boolean execute(TaskInProgress task) throws Exception {
		State run = this.shared.state(task.run());
		if (!run.isInProgress()) {
			return true;
		}
		if (run.until().isBefore(task.queue().clock().now())) {
			this.shared.stop(task.run(), ExitStatus.NOT_NOW, "the time for the night is over (--until)");
			return end(task, true);
		}
		TaskFence fence = task.fence();
		Optional<RunPart> part = (run.stopping() != null) ? Optional.empty() : take(task, fence);
		if (part.isEmpty()) {
			return end(task, run.stopping() != null);
		}
		Throwable failure = this.launcher.fetch(this.account.audited(), run, part.get(), fence,
				new Lane(gate(run, fence, task), rate(run)), task.stop());
		if (failure != null) {
			throw new IllegalStateException("part %d of run %s failed".formatted(part.get().number(), task.run()),
					failure);
		}
		if (task.stop().reason() != null) {
			return false;
		}
		this.transactions.executeWithoutResult((status) -> {
			this.ledger.requireHeld(fence);
			this.shared.finish(task.run(), part.get());
		});
		return this.shared.isFetched(task.run()) && end(task, true);
	}

	/**
	 * After the end of the night, no call is made, but answers that arrive are written.
	 */
	private static CallGate gate(State run, TaskFence fence, TaskInProgress task) {
		return () -> {
			fence.requireOpen();
			if (run.until().isBefore(task.queue().clock().now())) {
				task.stop().request(StopRequest.Reason.DEADLINE);
			}
		};
	}

	/** The shared rate if several processes call; else null. */
	private @Nullable SharedRate rate(State run) {
		boolean several = run.lanes() > 1 && this.account.audited().api().rate() > 0;
		return several ? AccountTurns.of(this.shared.jdbc(), this.account.audited().account(), this.lease) : null;
	}

	private Optional<RunPart> take(TaskInProgress task, TaskFence fence) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			this.ledger.requireHeld(fence);
			return this.shared.take(task.run(), task.lane(), task.node());
		}), "a transaction returns the part");
	}

	/**
	 * Ends the lane. Adds the task that closes the run if all parts are fetched or the
	 * run is to end early.
	 */
	private boolean end(TaskInProgress task, boolean over) {
		if (over || this.shared.isFetched(task.run())) {
			task.queue().close(this.account.audited().account(), task.run());
		}
		return true;
	}

	@Override
	public boolean isOfRun() {
		return true;
	}

	@Override
	public void lost(String instance) {
		this.shared.lost(new RunId(TaskInProgress.number(instance)), TaskInProgress.lane(instance));
	}

	@Override
	public void giveUp(TaskInProgress task, ExitStatus status, String reason) {
		this.shared.stop(task.run(), status, reason);
		task.queue().close(this.account.audited().account(), task.run());
	}

}
