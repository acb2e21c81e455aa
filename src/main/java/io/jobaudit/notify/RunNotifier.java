package io.jobaudit.notify;

import java.nio.file.Path;
import java.time.Duration;

import io.jobaudit.Account;
import io.jobaudit.FailureReason;
import io.jobaudit.Ticker;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.batch.RunFigures;
import io.jobaudit.batch.RunObserver;
import io.jobaudit.batch.RunObserver.RunEnding;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.notify.RunNotification.RunOrigin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.databind.json.JsonMapper;

/** Sends a notification when a run has ended. */
final class RunNotifier implements RunObserver {

	private static final Logger LOG = LoggerFactory.getLogger(RunNotifier.class);

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
		String failure = (ending.failure() != null)
				? FailureReason.of(NestedExceptionUtils.getMostSpecificCause(ending.failure())) : null;
		if (result == null) {
			return RunNotification.notOpened(this.account, this.region, ending.status(), String.valueOf(failure));
		}
		RunOrigin origin = RunOrigin.of(this.account, this.region, Duration.ofNanos(this.ticker.now() - this.began));
		Path reports = (result.reportDirectory() != null) ? Path.of(result.reportDirectory()) : null;
		return new RunNotification(origin, result.run().runId(), ending.status(), failure, result.statement(),
				(reports != null) ? findings(reports) : null, reports);
	}

	/** A notification is sent without them, too. */
	private static @Nullable Findings findings(Path reports) {
		Path summary = reports.resolve("run-summary.json");
		try {
			return Findings.of(JsonMapper.shared().readTree(summary));
		}
		catch (RuntimeException ex) {
			LOG.warn("The notification lacks what the run found: cannot read {}: {}", summary, FailureReason.of(ex));
			LOG.debug("Stack trace of the summary that cannot be read", ex);
			return null;
		}
	}

	@Override
	public String toString() {
		return "notifications";
	}

}
