package io.jobaudit.cluster;

import java.util.Objects;

import io.jobaudit.ExitStatus;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.batch.PartLauncher;
import io.jobaudit.batch.RunObserver.SharedEnding;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.fetch.AccountClient.Lane;
import io.jobaudit.ledger.SharedRuns;
import io.jobaudit.ledger.SharedRuns.State;
import io.jobaudit.notify.Notifier;
import io.jobaudit.notify.RunNotification;
import org.jspecify.annotations.Nullable;

/** Closes a run, or ends it early, and writes its reports. */
record CloseTask(WorkerAccount account, PartLauncher launcher, SharedRuns shared, Nights nights,
		Notifier notifier) implements TaskWork {

	@Override
	public boolean execute(TaskInProgress task) throws Exception {
		State run = this.shared.state(task.run());
		if (!run.isInProgress()) {
			// The process died before it updated the night, or the run was given up.
			ended(task, Objects.requireNonNullElse(run.ended(), ExitStatus.NOT_NOW),
					(run.ended() == null) ? "the run was given up" : reason(run));
			return true;
		}
		if (run.stopping() != null) {
			fail(task, run, run.stopping().status(), run.stopping().reason());
			return true;
		}
		TaskFence fence = task.fence();
		AuditResult result = this.launcher.close(this.account.audited(), run, fence, new Lane(fence, null),
				task.stop());
		if (result == null) {
			return false;
		}
		ended(task, result.status(), null);
		send(result, task.stop());
		return true;
	}

	private static @Nullable String reason(State run) {
		return (run.stopping() != null) ? run.stopping().reason() : null;
	}

	@Override
	public boolean isOfRun() {
		return true;
	}

	@Override
	public void giveUp(TaskInProgress task, ExitStatus status, String reason) {
		State run = this.shared.state(task.run());
		if (run.isInProgress()) {
			fail(task, run, status, reason);
		}
	}

	private void fail(TaskInProgress task, State run, ExitStatus status, String reason) {
		AuditResult result = this.launcher.fail(run, status, reason);
		ended(task, status, reason);
		send(result, task.stop());
	}

	private void ended(TaskInProgress task, ExitStatus status, @Nullable String reason) {
		for (long night : this.nights.end(task.run(), status, reason)) {
			if (this.nights.isOver(night)) {
				task.queue().endNight(night);
			}
		}
	}

	private void send(AuditResult result, StopRequest stop) {
		SharedEnding ending = this.launcher.ending(this.account.audited(), result);
		this.launcher.notifyObservers((observer) -> observer.ended(ending));
		this.notifier.send(() -> RunNotification.ended(result, this.account.audited().api().region(), null), stop);
	}

}
