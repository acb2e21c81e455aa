package io.jobaudit.metrics;

import java.time.Instant;
import java.util.Map;

import io.jobaudit.ClosingStatement;
import io.jobaudit.Outcome;
import io.jobaudit.batch.RunFigures.Phase;
import io.jobaudit.batch.RunFigures.Reading;
import io.jobaudit.fetch.SmartJobFetch;

/** Maps the figures of a run to its meters. */
record RunMetricsMapper(Gauges meters) {

	private static final double MILLIS = 1000;

	/** API usage of this process. */
	void api(SmartJobFetch fetch, double configuredRate) {
		this.meters.counter(Metric.API_RETRIES, fetch.retries());
		this.meters.counter(Metric.API_WAIT, fetch.waited().toMillis() / MILLIS);
		this.meters.gauge(Metric.API_RATE_CONFIGURED, configuredRate);
		this.meters.gauge(Metric.API_RATE_CURRENT, fetch.currentRate());
	}

	/** Figures of a run in progress; those of its ids are unknown during the import. */
	void reading(Reading reading) {
		if (reading.phase() == Phase.IMPORT) {
			return;
		}
		items(reading.outcomes(), reading.distinctIds() - reading.decided());
		this.meters.gauge(Metric.FAILED_JOBS, reading.failedJobs());
	}

	/** The closing statement of a run. */
	void statement(ClosingStatement statement) {
		items(statement.outcomes(), statement.pending());
		this.meters.gauge(Metric.FAILED_JOBS, statement.failedJobs());
		this.meters.gauge(Metric.INPUT_LINES, statement.linesRead());
		this.meters.gauge(Metric.INPUT_REJECTED, "duplicate", statement.duplicates());
		this.meters.gauge(Metric.INPUT_REJECTED, "malformed", statement.malformed());
		this.meters.gauge(Metric.INPUT_IDS, statement.distinctIds());
	}

	private void items(Map<Outcome, Long> outcomes, long pending) {
		for (Outcome outcome : Outcome.values()) {
			this.meters.gauge(Metric.ITEMS, Metric.labelValue(outcome), outcomes.getOrDefault(outcome, 0L));
		}
		this.meters.gauge(Metric.ITEMS_PENDING, pending);
	}

	void tokens(RunRecords.TokenTotals tokens) {
		if (tokens.total() != null) {
			this.meters.gauge(Metric.TOKENS, tokens.total().doubleValue());
		}
		this.meters.gauge(Metric.JOBS, "reported", tokens.reporting());
		this.meters.gauge(Metric.JOBS, "absent", tokens.absent());
		this.meters.gauge(Metric.JOBS, "unreadable", tokens.unreadable());
	}

	void lastSuccess(Instant instant) {
		this.meters.gauge(Metric.LAST_SUCCESS, seconds(instant));
	}

	void began(Instant instant) {
		this.meters.gauge(Metric.RUN_START, seconds(instant));
		this.meters.gauge(Metric.RUN_IN_PROGRESS, 1);
	}

	void ended(int exitCode) {
		this.meters.gauge(Metric.RUN_IN_PROGRESS, 0);
		this.meters.gauge(Metric.RUN_EXIT_CODE, exitCode);
	}

	void duration(Instant from, Instant to) {
		this.meters.gauge(Metric.RUN_DURATION, (to.toEpochMilli() - from.toEpochMilli()) / MILLIS);
	}

	private static double seconds(Instant instant) {
		return instant.getEpochSecond() + instant.getNano() / 1e9;
	}

}
