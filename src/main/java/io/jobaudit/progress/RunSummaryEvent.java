package io.jobaudit.progress;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.jobaudit.ClosingStatement;
import io.jobaudit.Outcome;
import io.jobaudit.Ticker;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.batch.RunFigures;
import io.jobaudit.batch.RunObserver;
import io.jobaudit.batch.RunObserver.RunEnding;
import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.ledger.AuditRun;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs one event {@code run.summary} when a run has ended or could not be opened: a
 * readable line, and a field for each figure if the log has fields.
 */
public final class RunSummaryEvent implements RunObserver {

	/** A logger of its own, which can be enabled in a quiet log. */
	public static final String LOGGER = "io.jobaudit.run.summary";

	private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

	private final Ticker ticker;

	private final long created;

	private @Nullable AuditRun begun;

	private @Nullable RunFigures figures;

	public RunSummaryEvent(Ticker ticker) {
		this.ticker = ticker;
		this.created = ticker.now();
	}

	@Override
	public void began(AuditRun run, RunFigures runFigures) {
		this.begun = run;
		this.figures = runFigures;
	}

	@Override
	public void ended(RunEnding ending) {
		Duration duration = Duration.ofNanos(this.ticker.now() - this.created);
		ApiUsage usage = (this.figures != null) ? this.figures.read().usage() : ApiUsage.NONE;
		LoggingEventBuilder event = LOG.atInfo();
		for (Map.Entry<String, Object> field : fields(ending, usage, duration).entrySet()) {
			event = event.addKeyValue(field.getKey(), field.getValue());
		}
		event.log(text(ending, usage, duration));
	}

	private static String status(RunEnding ending) {
		AuditResult result = ending.result();
		if (result == null || ending.failure() != null) {
			return "FAILED";
		}
		return result.isComplete() ? "COMPLETED" : "STOPPED";
	}

	private static Map<String, Object> fields(RunEnding ending, ApiUsage usage, Duration duration) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("event.action", "run.summary");
		fields.put("exit_code", ending.status().code());
		fields.put("status", status(ending));
		fields.put("duration_ms", duration.toMillis());
		if (ending.result() != null) {
			ClosingStatement statement = ending.result().statement();
			fields.put("lines", statement.linesRead());
			fields.put("distinct", statement.distinctIds());
			statement.outcomesInOrder()
				.forEach((outcome, count) -> fields.put("outcomes." + outcome.name().toLowerCase(Locale.ROOT), count));
			fields.put("pending", statement.pending());
			fields.put("reconciled", statement.isReconciled());
			fields.put("failed_jobs", statement.failedJobs());
			fields.put("calls", usage.calls());
			fields.put("throttled", usage.throttled());
		}
		return fields;
	}

	private String text(RunEnding ending, ApiUsage usage, Duration duration) {
		AuditResult result = ending.result();
		if (result == null) {
			String what = (this.begun != null) ? "Run " + this.begun.runId() + " stopped early" : "No run was opened";
			return what + ", exit code " + ending.status().code();
		}
		ClosingStatement statement = result.statement();
		String outcomes = statement.outcomesInOrder()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() > 0)
			.map(RunSummaryEvent::count)
			.collect(Collectors.joining());
		return String.format(Locale.ROOT,
				"Run %s %s, exit code %d: %,d ids,%s %,d pending; %,d failed jobs; %,d calls, %,d throttled; %.1f s",
				result.run().runId(), status(ending).toLowerCase(Locale.ROOT), result.status().code(),
				statement.distinctIds(), outcomes, statement.pending(), statement.failedJobs(), usage.calls(),
				usage.throttled(), duration.toMillis() / 1000.0);
	}

	private static String count(Map.Entry<Outcome, Long> entry) {
		return String.format(Locale.ROOT, " %,d %s,", entry.getValue(), entry.getKey());
	}

}
