package io.jobaudit.cluster;

import java.util.Optional;

import io.jobaudit.Account;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.batch.PartLauncher;
import io.jobaudit.batch.PartLauncher.Sharing;
import io.jobaudit.ledger.SharedRuns;

/** Opens or resumes the run of an account in a night, and imports its ids. */
record ImportTask(WorkerAccount account, PartLauncher launcher, SharedRuns shared, Sharing sharing, Nights nights,
		String version) implements TaskWork {

	@Override
	public boolean execute(TaskInProgress task) throws Exception {
		long night = task.number();
		Account name = this.account.audited().account();
		Optional<RunId> earlier = this.nights.run(night, name);
		RunId run = (earlier.isPresent() && resume(earlier.get())) ? earlier.get()
				: this.launcher
					.importIds(this.account.audited(), (client) -> this.account.ids().request(client, task.stop()),
							this.sharing, this.version, (opened) -> this.nights.begin(night, name, opened))
					.runId();
		this.nights.begin(night, name, run);
		task.queue().fetch(name, run, this.sharing.lanes());
		return true;
	}

	private boolean resume(RunId run) throws Exception {
		return this.shared.state(run).isInProgress() || this.launcher.resume(this.account.audited(), run, this.sharing);
	}

	@Override
	public void giveUp(TaskInProgress task, ExitStatus status, String reason) {
		this.nights.end(task.number(), this.account.audited().account(), status, reason);
		if (this.nights.isOver(task.number())) {
			task.queue().endNight(task.number());
		}
	}

}
