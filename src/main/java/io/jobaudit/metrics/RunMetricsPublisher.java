package io.jobaudit.metrics;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;

import io.jobaudit.FailureReason;
import io.jobaudit.RunId;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.batch.RunFigures;
import io.jobaudit.batch.RunObserver.RunEnding;
import io.jobaudit.batch.RunObserver.SharedEnding;
import io.jobaudit.batch.SharedProgress.SharedReading;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.fetch.api.TimedApi.CallClass;
import io.jobaudit.fetch.api.TimedApi.CallListener;
import io.jobaudit.metrics.MetricsExporters.MetricLabels;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Publishes the metrics of one run. Not thread-safe. */
final class RunMetricsPublisher {

	record Sources(double configuredRate, RunRecords records, MetricLabels labels, Clock clock) {
	}

	private static final Logger LOG = LoggerFactory.getLogger(RunMetricsPublisher.class);

	private final Sources sources;

	private final MetricsExporters exporters;

	private final Gauges gauges;

	private final CallMeters calls;

	private @Nullable RunFigures figures;

	private @Nullable Instant begin;

	RunMetricsPublisher(Sources sources, MetricsExporters exporters) {
		this.sources = sources;
		this.exporters = exporters;
		this.gauges = new Gauges(exporters.registry(), sources.labels().tags());
		this.calls = new CallMeters(exporters.registry(), sources.labels().tags());
		this.gauges.api(ApiUsage.NONE, sources.configuredRate(), sources.configuredRate());
	}

	void began(RunFigures running) {
		this.figures = running;
		running.listen(this.calls);
		this.begin = this.sources.clock().instant();
		this.gauges.began(this.begin);
		measure();
		replace();
	}

	void progress() {
		measure();
		this.exporters.publish();
	}

	/** Publishes the progress of a shared run. */
	void progress(SharedReading reading) {
		withoutCalls();
		this.gauges.began(reading.startedAt());
		this.gauges.reading(reading, this.sources.configuredRate());
		if (this.begin == null) {
			this.begin = reading.startedAt();
			replace();
		}
		else {
			this.exporters.publish();
		}
	}

	/**
	 * Publishes that a run is no longer in progress in this process; how it ends is
	 * unknown.
	 */
	void left() {
		try (this.exporters) {
			this.gauges.left();
			this.exporters.publish();
		}
	}

	/** Removes the metrics of single calls, which are not stored for shared runs. */
	private void withoutCalls() {
		MeterRegistry registry = this.exporters.registry();
		Stream.of(Metric.API_CALLS, Metric.API_CALL_DURATION)
			.flatMap((metric) -> registry.find(metric.id()).meters().stream())
			.forEach(registry::remove);
	}

	/** Publishes the end of a shared run. */
	void ended(SharedEnding ending, StopRequest stop) {
		withoutCalls();
		this.gauges.api(ending.usage(), this.sources.configuredRate(), this.sources.configuredRate());
		this.gauges.gauge(Metric.PARTS_LOST, ending.lostParts());
		ended(RunEnding.of(ending.result(), stop));
	}

	/** Publishes the end of the run, for the last time. */
	void ended(RunEnding ending) {
		try (this.exporters) {
			measure();
			this.gauges.ended(ending.status().code());
			if (ending.result() != null) {
				result(ending.result());
			}
			if (this.begin == null) {
				replace();
			}
			else {
				this.gauges.duration(this.begin, this.sources.clock().instant());
				this.exporters.publish();
			}
		}
	}

	/** The first publication of a run removes the metrics of the run before. */
	private void replace() {
		try {
			lastSuccess();
			this.exporters.replace();
		}
		catch (DataAccessException ex) {
			warn(ex);
			this.exporters.publish();
		}
	}

	private void measure() {
		if (this.figures != null) {
			this.gauges.reading(this.figures.read());
		}
	}

	private void result(AuditResult result) {
		this.gauges.statement(result.statement());
		try {
			this.gauges.tokens(this.sources.records().tokens(result.run().runId()));
			this.sources.records().summary(result.run().runId()).ifPresent(this.gauges::summary);
			lastSuccess();
		}
		catch (DataAccessException ex) {
			warn(ex);
		}
	}

	private void lastSuccess() {
		this.sources.records().lastSuccess(this.sources.labels()).ifPresent(this.gauges::lastSuccess);
	}

	private static void warn(DataAccessException failure) {
		LOG.warn("Cannot read the database; the metrics lack tokens, new failures and the last success: {}",
				FailureReason.of(NestedExceptionUtils.getMostSpecificCause(failure)));
	}

	/** Counts and times the calls to the API. */
	private static final class CallMeters implements CallListener {

		private static final Duration[] BUCKETS = { Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
				Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
				Duration.ofMillis(2500), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30) };

		/** The maximum covers the whole run. */
		private static final Duration FOREVER = Duration.ofDays(7);

		private final Meter.MeterProvider<Counter> calls;

		private final Timer duration;

		CallMeters(MeterRegistry registry, Tags common) {
			this.calls = Counter.builder(Metric.API_CALLS.id())
				.description(Metric.API_CALLS.help())
				.tags(common)
				.withRegistry(registry);
			Stream.of(CallClass.values()).forEach(this::counter);
			this.duration = Timer.builder(Metric.API_CALL_DURATION.id())
				.description(Metric.API_CALL_DURATION.help())
				.tags(common)
				.serviceLevelObjectives(BUCKETS)
				.distributionStatisticExpiry(FOREVER)
				.register(registry);
		}

		@Override
		public void called(CallClass result, Duration time) {
			counter(result).increment();
			this.duration.record(time);
		}

		private Counter counter(CallClass result) {
			return this.calls.withTag(Metric.API_CALLS.label(), Metric.labelValue(result));
		}

	}

	/** Figures of runs that only the database has. */
	record RunRecords(JdbcClient jdbc) {

		/**
		 * Token usage that the jobs of a run report.
		 *
		 * @param total all reported tokens; null if no job reports any
		 */
		record TokenTotals(@Nullable BigDecimal total, long reporting, long absent, long unreadable) {
		}

		/** When the last complete run was closed; empty if there was none. */
		Optional<Instant> lastSuccess(MetricLabels labels) {
			return this.jdbc.sql("""
					select finished_at from audit.audit_run
					where account = :account and region = :region and status = 'COMPLETED' and finished_at is not null
					order by finished_at desc limit 1
					""")
				.param("account", labels.account().name())
				.param("region", labels.region())
				.query(OffsetDateTime.class)
				.optional()
				.map(OffsetDateTime::toInstant);
		}

		/** The tokens of a run, by the same statement as in {@code run-summary.json}. */
		TokenTotals tokens(RunId runId) {
			return this.jdbc.sql(statement())
				.param("run_id", runId.value())
				.param("account", null)
				.param("from", null)
				.param("to", null)
				.query((row, number) -> new TokenTotals(row.getBigDecimal("total"), row.getLong("reporting"),
						row.getLong("silent"), row.getLong("unreadable")))
				.single();
		}

		/**
		 * What the reports of a run found.
		 *
		 * @param previousIds ids of the same list before, null if there was none
		 */
		record SummaryFigures(long newKinds, long unusual, long expiringJobs, @Nullable Long previousIds) {
		}

		/** Empty for a run without reports. */
		Optional<SummaryFigures> summary(RunId runId) {
			return this.jdbc.sql("""
					select jsonb_array_length(summary -> 'newFailureKinds') as new_kinds,
					  coalesce(jsonb_array_length(summary -> 'unusualFigures'), 0) as unusual,
					  cast(summary ->> 'expiringJobs' as bigint) as expiring_jobs,
					  cast(summary #>> '{input,previous,distinct}' as bigint) as previous_ids
					from audit.audit_run where run_id = :run and summary is not null
					""")
				.param("run", runId.value())
				.query((row, number) -> new SummaryFigures(row.getLong("new_kinds"), row.getLong("unusual"),
						row.getLong("expiring_jobs"), row.getObject("previous_ids", Long.class)))
				.optional();
		}

		private static String statement() {
			try {
				return new ClassPathResource("sql/report/run/tokens.sql").getContentAsString(StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new IllegalStateException("cannot read the statement in the jar", ex);
			}
		}

	}

}
