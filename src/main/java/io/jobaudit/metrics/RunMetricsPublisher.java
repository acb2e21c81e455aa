package io.jobaudit.metrics;

import java.time.Clock;
import java.time.Instant;

import io.jobaudit.FailureReason;
import io.jobaudit.batch.AuditResult;
import io.jobaudit.batch.RunEnding;
import io.jobaudit.batch.RunFigures;
import io.jobaudit.fetch.SmartJobFetch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;

/** Publishes the metrics of one run. Not thread-safe. */
final class RunMetricsPublisher {

	/**
	 * Sources of the figures.
	 *
	 * @param fetch API usage of this process
	 * @param configuredRate configured calls per second
	 * @param records figures in the database
	 * @param labels account and region of the run
	 * @param clock dates the run
	 */
	record Sources(SmartJobFetch fetch, double configuredRate, RunRecords records, MetricLabels labels, Clock clock) {
	}

	private static final Logger LOG = LoggerFactory.getLogger(RunMetricsPublisher.class);

	private final Sources sources;

	private final MetricsExporters exporters;

	private final RunMetricsMapper gauges;

	private @Nullable RunFigures figures;

	private @Nullable Instant begin;

	RunMetricsPublisher(Sources sources, MetricsExporters exporters) {
		this.sources = sources;
		this.exporters = exporters;
		this.gauges = new RunMetricsMapper(new Gauges(exporters.registry(), sources.labels().tags()));
		sources.fetch().listen(new CallMeters(exporters.registry(), sources.labels().tags()));
	}

	void began(RunFigures running) {
		this.figures = running;
		this.begin = this.sources.clock().instant();
		this.gauges.began(this.begin);
		replace();
	}

	/** Publishes the progress of the run. */
	void progress() {
		measure();
		this.exporters.publish();
	}

	/** Publishes the end of the run, for the last time. */
	void ended(RunEnding ending) {
		try (this.exporters) {
			this.gauges.ended(ending.status().code());
			if (this.begin != null) {
				this.gauges.duration(this.begin, this.sources.clock().instant());
			}
			if (ending.result() != null) {
				result(ending.result());
			}
			if (this.begin != null) {
				progress();
			}
			else {
				replace();
			}
		}
	}

	/** The first publication of a run removes what is left of the run before. */
	private void replace() {
		measure();
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
		this.gauges.api(this.sources.fetch(), this.sources.configuredRate());
		if (this.figures != null) {
			this.gauges.reading(this.figures.read());
		}
	}

	private void result(AuditResult result) {
		this.figures = null;
		this.gauges.statement(result.statement());
		try {
			this.gauges.tokens(this.sources.records().tokens(result.run().runId()));
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
		LOG.warn("The metrics lack tokens and the last success, the database cannot be read: {}",
				FailureReason.of(NestedExceptionUtils.getMostSpecificCause(failure)));
	}

}
