package io.jobaudit.metrics;

import java.util.function.ToIntFunction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Publishes the exit code of a run for which not even Spring starts, because the database
 * is away or a setting is wrong: the night on which somebody should look.
 */
public final class StartupFailureMetrics implements ApplicationListener<ApplicationFailedEvent> {

	private static final Logger LOG = LoggerFactory.getLogger(StartupFailureMetrics.class);

	private final ToIntFunction<Throwable> exitCodes;

	/**
	 * Creates a listener.
	 * @param exitCodes exit code of a failure
	 */
	public StartupFailureMetrics(ToIntFunction<Throwable> exitCodes) {
		this.exitCodes = exitCodes;
	}

	@Override
	public void onApplicationEvent(ApplicationFailedEvent event) {
		ConfigurableApplicationContext context = event.getApplicationContext();
		if (context == null || !OnMetricsExport.isAnySet(context.getEnvironment())) {
			return;
		}
		try {
			publish(context.getEnvironment(), this.exitCodes.applyAsInt(event.getException()));
		}
		catch (RuntimeException ex) {
			LOG.warn("No metrics tell of this: {}", ex.toString());
		}
	}

	private static void publish(Environment environment, int exitCode) {
		try (MetricsExporters outlets = MetricsExporters.open(environment)) {
			Gauges meters = new Gauges(outlets.registry(), MetricLabels.of(environment).tags());
			new RunMetricsMapper(meters).ended(exitCode);
			outlets.publish(false);
		}
	}

}
