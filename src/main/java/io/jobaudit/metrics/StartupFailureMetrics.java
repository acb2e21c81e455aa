package io.jobaudit.metrics;

import io.jobaudit.ExitStatus;
import io.jobaudit.FailureReason;
import io.jobaudit.metrics.MetricsExporters.MetricLabels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/** Publishes the exit code of a run that cannot start. */
public final class StartupFailureMetrics {

	private static final Logger LOG = LoggerFactory.getLogger(StartupFailureMetrics.class);

	private StartupFailureMetrics() {
	}

	/** Publishes it to the destinations in the settings; does not throw. */
	public static void publish(Environment environment, ExitStatus status) {
		if (!MetricsConfiguration.OnMetricsExport.isAnySet(environment)) {
			return;
		}
		try (MetricsExporters exporters = MetricsExporters.open(environment)) {
			new Gauges(exporters.registry(), MetricLabels.of(environment).tags()).ended(status.code());
			exporters.publish();
		}
		catch (RuntimeException ex) {
			LOG.warn("Cannot publish the metrics of this failure: {}", FailureReason.of(ex));
		}
	}

}
