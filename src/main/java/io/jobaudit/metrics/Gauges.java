package io.jobaudit.metrics;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import io.jobaudit.ClosingStatement;
import io.jobaudit.Outcome;
import io.jobaudit.batch.RunFigures.Phase;
import io.jobaudit.batch.RunFigures.Reading;
import io.jobaudit.batch.SharedProgress.SharedReading;
import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.metrics.RunMetricsPublisher.RunRecords;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The figures of a run as meters. A meter is registered when its value is known: unknown
 * is neither zero nor NaN, which no alert can compare with.
 */
final class Gauges {

	private static final double MILLIS = 1000;

	private record MetricKey(Metric meter, Tags tags) {
	}

	private final MeterRegistry registry;

	private final Tags common;

	/** Kept here, since registries hold only weak references to them. */
	private final Map<MetricKey, AtomicReference<Double>> values = new ConcurrentHashMap<>();

	Gauges(MeterRegistry registry, Tags common) {
		this.registry = registry;
		this.common = common;
	}

	void gauge(Metric meter, double value) {
		gauge(meter, this.common, value);
	}

	void gauge(Metric meter, String labelValue, double value) {
		gauge(meter, this.common.and(meter.label(), labelValue), value);
	}

	private void gauge(Metric meter, Tags tags, double value) {
		this.values.computeIfAbsent(new MetricKey(meter, tags), (key) -> {
			AtomicReference<Double> held = new AtomicReference<>(value);
			Gauge.builder(meter.id(), held, AtomicReference::get)
				.baseUnit(meter.unit())
				.description(meter.help())
				.tags(tags)
				.register(this.registry);
			return held;
		}).set(value);
	}

	/**
	 * Sets a counter.
	 * @param total count since the process started
	 */
	void counter(Metric meter, double total) {
		this.values.computeIfAbsent(new MetricKey(meter, this.common), (key) -> {
			AtomicReference<Double> held = new AtomicReference<>(total);
			FunctionCounter.builder(meter.id(), held, AtomicReference::get)
				.baseUnit(meter.unit())
				.description(meter.help())
				.tags(this.common)
				.register(this.registry);
			return held;
		}).set(total);
	}

	void api(ApiUsage usage, double configuredRate, double currentRate) {
		counter(Metric.API_RETRIES, usage.retries());
		counter(Metric.API_WAIT, usage.waited().toMillis() / MILLIS);
		gauge(Metric.API_RATE_CONFIGURED, configuredRate);
		gauge(Metric.API_RATE_CURRENT, currentRate);
	}

	/** Figures of a run in progress; those of its ids are unknown during the import. */
	void reading(Reading reading) {
		api(reading.usage(), reading.configuredRate(), reading.currentRate());
		if (reading.phase() == Phase.IMPORT) {
			return;
		}
		items(reading.outcomes(), reading.distinctIds() - reading.decided());
		gauge(Metric.FAILED_JOBS, reading.failedJobs());
	}

	/** Figures of a shared run in progress, of all its parts together. */
	void reading(SharedReading reading, double configuredRate) {
		api(reading.usage(), configuredRate, configuredRate);
		items(reading.outcomes(), reading.pending());
		gauge(Metric.PARTS_LOST, reading.parts().losses());
	}

	void statement(ClosingStatement statement) {
		items(statement.outcomes(), statement.pending());
		gauge(Metric.FAILED_JOBS, statement.failedJobs());
		gauge(Metric.INPUT_LINES, statement.linesRead());
		gauge(Metric.INPUT_REJECTED, "duplicate", statement.duplicates());
		gauge(Metric.INPUT_REJECTED, "malformed", statement.malformed());
		gauge(Metric.INPUT_IDS, statement.distinctIds());
	}

	private void items(Map<Outcome, Long> outcomes, long pending) {
		for (Outcome outcome : Outcome.values()) {
			gauge(Metric.ITEMS, Metric.labelValue(outcome), outcomes.getOrDefault(outcome, 0L));
		}
		gauge(Metric.ITEMS_PENDING, pending);
	}

	void tokens(RunRecords.TokenTotals tokens) {
		if (tokens.total() != null) {
			gauge(Metric.TOKENS, tokens.total().doubleValue());
		}
		gauge(Metric.JOBS, "reported", tokens.reporting());
		gauge(Metric.JOBS, "absent", tokens.absent());
		gauge(Metric.JOBS, "unreadable", tokens.unreadable());
	}

	void summary(RunRecords.SummaryFigures figures) {
		gauge(Metric.NEW_FAILURE_KINDS, figures.newKinds());
		gauge(Metric.UNUSUAL_FIGURES, figures.unusual());
		gauge(Metric.EXPIRING_JOBS, figures.expiringJobs());
		if (figures.previousIds() != null) {
			gauge(Metric.INPUT_PREVIOUS_IDS, figures.previousIds());
		}
	}

	void lastSuccess(Instant instant) {
		gauge(Metric.LAST_SUCCESS, seconds(instant));
	}

	void began(Instant instant) {
		gauge(Metric.RUN_START, seconds(instant));
		gauge(Metric.RUN_IN_PROGRESS, 1);
	}

	void left() {
		gauge(Metric.RUN_IN_PROGRESS, 0);
	}

	void ended(int exitCode) {
		gauge(Metric.RUN_IN_PROGRESS, 0);
		gauge(Metric.RUN_EXIT_CODE, exitCode);
	}

	void duration(Instant from, Instant to) {
		gauge(Metric.RUN_DURATION, (to.toEpochMilli() - from.toEpochMilli()) / MILLIS);
	}

	private static double seconds(Instant instant) {
		return instant.getEpochSecond() + instant.getNano() / 1e9;
	}

}
