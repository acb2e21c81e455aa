package io.jobaudit.metrics;

import java.time.Clock;
import java.time.Instant;

import io.jobaudit.batch.AuditResult;
import io.jobaudit.batch.RunEnding;
import io.jobaudit.batch.RunFigures;
import io.jobaudit.fetch.SmartJobFetch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** A run, its meters, and where they go. Not thread-safe. */
final class RunMetricsPublisher {

	/**
	 * Where figures are read.
	 *
	 * @param fetch what the API was asked for
	 * @param configuredRate calls per second that are configured
	 * @param records what the database knows
	 * @param scope whose run it is
	 * @param clock dates it
	 */
	record Sources(SmartJobFetch fetch, double configuredRate, RunRecords records, MetricLabels scope, Clock clock) {
	}

	private static final Logger LOG = LoggerFactory.getLogger(RunMetricsPublisher.class);

	private final Sources sources;

	private final MetricsExporters outlets;

	private final RunMetricsMapper gauges;

	private @Nullable RunFigures figures;

	private @Nullable Instant begin;

	private boolean lastSuccessKnown;

	RunMetricsPublisher(Sources sources, MetricsExporters outlets) {
		this.sources = sources;
		this.outlets = outlets;
		this.gauges = new RunMetricsMapper(new Gauges(outlets.registry(), sources.scope().tags()));
		sources.fetch().listen(new CallMeters(outlets.registry(), sources.scope().tags()));
	}

	void began(RunFigures running) {
		this.figures = running;
		this.begin = this.sources.clock().instant();
		this.gauges.began(this.begin);
		ask(null);
		progress();
	}

	/** Publishes how far it is. */
	void progress() {
		this.gauges.api(this.sources.fetch(), this.sources.configuredRate());
		if (this.figures != null) {
			this.gauges.reading(this.figures.read());
		}
		this.outlets.publish(this.lastSuccessKnown);
	}

	/** Publishes how it ended, for the last time. */
	void ended(RunEnding ending) {
		try (this.outlets) {
			if (this.begin != null) {
				this.gauges.duration(this.begin, this.sources.clock().instant());
			}
			this.gauges.ended(ending.status().code());
			ask(ending.result());
			if (ending.result() != null) {
				this.gauges.statement(ending.result().statement());
				this.figures = null;
			}
			progress();
		}
	}

	/** What the database cannot be asked stays as it was. */
	private void ask(@Nullable AuditResult result) {
		try {
			this.sources.records().lastSuccess(this.sources.scope()).ifPresent(this.gauges::lastSuccess);
			this.lastSuccessKnown = true;
			if (result != null) {
				this.gauges.tokens(this.sources.records().tokens(result.run().runId()));
			}
		}
		catch (DataAccessException ex) {
			LOG.warn("Metrics without what the database knows: {}", ex.getMessage());
		}
	}

}
