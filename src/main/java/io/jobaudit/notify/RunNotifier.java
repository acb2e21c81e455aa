package io.jobaudit.notify;

import java.time.Duration;
import java.util.Objects;

import io.jobaudit.Account;
import io.jobaudit.Ticker;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.batch.RunFigures;
import io.jobaudit.batch.RunObserver;
import io.jobaudit.batch.RunObserver.RunEnding;
import io.jobaudit.ledger.AuditRun;
import org.jspecify.annotations.Nullable;

/** Sends a notification when a run has ended. */
final class RunNotifier implements RunObserver {

	private final Notifier notifier;

	private final Account account;

	private final @Nullable String region;

	private final Ticker ticker;

	private long began;

	RunNotifier(Notifier notifier, Account account, @Nullable String region, Ticker ticker) {
		this.notifier = notifier;
		this.account = account;
		this.region = region;
		this.ticker = ticker;
	}

	@Override
	public void began(AuditRun run, RunFigures figures) {
		this.began = this.ticker.now();
	}

	@Override
	public void ended(RunEnding ending) {
		this.notifier.send(() -> notification(ending), ending.stop());
	}

	private RunNotification notification(RunEnding ending) {
		AuditResult result = ending.result();
		return (result != null)
				? RunNotification.ended(result, this.region, Duration.ofNanos(this.ticker.now() - this.began))
				: RunNotification.notOpened(this.account, this.region, ending.status(),
						RunNotification.reason(Objects.requireNonNull(ending.failure(), "no run was opened")));
	}

	@Override
	public String toString() {
		return "notifications";
	}

}
