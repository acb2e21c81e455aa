package io.jobaudit.cluster;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.jobaudit.Account;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.batch.PartLauncher;
import io.jobaudit.batch.PartLauncher.Sharing;
import io.jobaudit.ledger.RunLock.RunSharedException;
import io.jobaudit.ledger.SharedRuns;
import io.jobaudit.notify.Notifier;
import io.jobaudit.notify.RunNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens or resumes the run of an account in a night, and imports its ids. */
record ImportTask(WorkerAccount account, PartLauncher launcher, SharedRuns shared, Sharing sharing, Nights nights,
		Notifier notifier, String version) implements TaskWork {

	private static final Logger LOG = LoggerFactory.getLogger(ImportTask.class);

	@Override
	public boolean execute(TaskInProgress task) throws Exception {
		long night = task.number();
		Account name = this.account.audited().account();
		Optional<RunId> earlier = this.nights.run(night, name);
		RunId run = (earlier.isPresent() && resume(earlier.get())) ? earlier.get() : importIds(task);
		this.nights.begin(night, name, run);
		logTimeNeeded(run, this.nights.until(night), task.queue().clock().now());
		task.queue().fetch(name, run, this.sharing.lanes());
		return true;
	}

	/**
	 * Imports the ids. If a shared run of an earlier night is unfinished, adds its tasks
	 * again, since they may have been lost, and fails, so that the import is tried again
	 * later.
	 */
	private RunId importIds(TaskInProgress task) throws Exception {
		Account name = this.account.audited().account();
		try {
			return this.launcher
				.importIds(this.account.audited(), (client) -> this.account.ids().request(client, task.stop()),
						this.sharing, this.version, (opened) -> this.nights.begin(task.number(), name, opened))
				.runId();
		}
		catch (RunSharedException ex) {
			task.queue().fetch(name, ex.run(), this.sharing.lanes());
			throw ex;
		}
	}

	/** Logs how long fetching takes, which is unknown without a rate limit. */
	private void logTimeNeeded(RunId run, Optional<Instant> until, Instant now) {
		double rate = this.account.audited().api().rate();
		if (rate == 0) {
			return;
		}
		long pending = this.shared.pending(run);
		Duration needed = Duration.ofSeconds((long) Math.ceil(pending / rate));
		String time = "Account %s: %,d ids at %s calls per second take %s if all need a call".formatted(
				this.account.name(), pending, BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString(),
				text(needed));
		Duration left = until.map((end) -> Duration.between(now, end)).orElse(needed);
		if (left.compareTo(needed) < 0) {
			LOG.warn("{}, but only {} are left until the end of the night (--until); start it again to resume", time,
					text(left));
		}
		else {
			LOG.info("{}", time);
		}
	}

	static String text(Duration time) {
		Duration shown = time.isNegative() ? Duration.ZERO : time;
		return (shown.toHours() > 0) ? "%d h %d min".formatted(shown.toHours(), shown.toMinutesPart())
				: "%d min %d s".formatted(shown.toMinutes(), shown.toSecondsPart());
	}

	private boolean resume(RunId run) throws Exception {
		return this.shared.state(run).isInProgress() || this.launcher.resume(this.account.audited(), run, this.sharing);
	}

	@Override
	public void giveUp(TaskInProgress task, ExitStatus status, String reason) {
		Account name = this.account.audited().account();
		this.nights.end(task.number(), name, status, reason);
		this.notifier.send(() -> RunNotification.notOpened(name, this.account.audited().api().region(), status, reason),
				task.stop());
		if (this.nights.isOver(task.number())) {
			task.queue().endNight(task.number());
		}
	}

}
