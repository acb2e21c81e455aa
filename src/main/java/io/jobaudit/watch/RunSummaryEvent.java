package io.jobaudit.watch;

import java.time.Duration;
import java.util.Locale;

import io.jobaudit.batch.AuditResult;
import io.jobaudit.batch.RunEnding;
import io.jobaudit.batch.RunFigures;
import io.jobaudit.batch.RunObserver;
import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.ClosingStatement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The last word of a run in the log: one event {@code run.summary}, with a field for each
 * figure where the log has fields.
 */
public final class RunSummaryEvent implements RunObserver {

	private static final Logger LOG = LoggerFactory.getLogger("run.summary");

	private final long began = System.nanoTime();

	private @Nullable RunFigures figures;

	@Override
	public void began(AuditRun run, RunFigures runFigures) {
		this.figures = runFigures;
	}

	@Override
	public void ended(RunEnding ending) {
		Duration duration = Duration.ofNanos(System.nanoTime() - this.began);
		LoggingEventBuilder event = LOG.atInfo()
			.addKeyValue("event.action", "run.summary")
			.addKeyValue("event.duration", duration.toNanos())
			.addKeyValue("audit.exit_code", ending.exitCode());
		AuditResult result = ending.result();
		if (result == null) {
			event.log("exit {}, no run was opened", ending.exitCode());
			return;
		}
		ClosingStatement statement = result.statement();
		ApiUsage usage = (this.figures != null) ? this.figures.read().usage() : ApiUsage.NONE;
		event = event.addKeyValue("audit.complete", result.isComplete())
			.addKeyValue("audit.lines", statement.linesRead())
			.addKeyValue("audit.distinct", statement.distinctIds())
			.addKeyValue("audit.duplicates", statement.duplicates())
			.addKeyValue("audit.malformed", statement.malformed())
			.addKeyValue("audit.pending", statement.pending())
			.addKeyValue("audit.reconciled", statement.isReconciled())
			.addKeyValue("audit.failed_jobs", statement.failedJobs())
			.addKeyValue("audit.calls", usage.calls())
			.addKeyValue("audit.throttled", usage.throttled())
			.addKeyValue("audit.retries", usage.retries());
		for (var outcome : statement.outcomesInOrder().entrySet()) {
			event = event.addKeyValue("audit.outcomes." + outcome.getKey().name().toLowerCase(Locale.ROOT),
					outcome.getValue());
		}
		event.log("exit {}, {} of {} ids decided, {} failed jobs, {} calls in {} s", ending.exitCode(),
				statement.distinctIds() - statement.pending(), statement.distinctIds(), statement.failedJobs(),
				usage.calls(), duration.toSeconds());
	}

}
