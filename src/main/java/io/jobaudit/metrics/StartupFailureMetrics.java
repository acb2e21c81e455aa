package io.jobaudit.metrics;

import io.jobaudit.ExitStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/**
 * Publishes the exit code of a run that could not start, because the database is
 * unavailable or a setting is wrong: the night on which somebody should look.
 */
public final class StartupFailureMetrics {

	private static final Logger LOG = LoggerFactory.getLogger(StartupFailureMetrics.class);

	private StartupFailureMetrics() {
	}

	/** Publishes it where the environment says; does not throw. */
	public static void publish(Environment environment, ExitStatus status) {
		if (!OnMetricsExport.isAnySet(environment)) {
			return;
		}
		try (MetricsExporters exporters = MetricsExporters.open(environment)) {
			Gauges meters = new Gauges(exporters.registry(), MetricLabels.of(environment).tags());
			new RunMetricsMapper(meters).ended(status.code());
			exporters.publish();
		}
		catch (RuntimeException ex) {
			LOG.warn("No metrics of this failure: {}", ex.toString());
		}
	}

}
