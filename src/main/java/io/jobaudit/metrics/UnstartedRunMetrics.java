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
public final class UnstartedRunMetrics implements ApplicationListener<ApplicationFailedEvent> {

	private static final Logger LOG = LoggerFactory.getLogger(UnstartedRunMetrics.class);

	private final ToIntFunction<Throwable> exitCodes;

	/**
	 * Creates a listener.
	 * @param exitCodes exit code of a failure
	 */
	public UnstartedRunMetrics(ToIntFunction<Throwable> exitCodes) {
		this.exitCodes = exitCodes;
	}

	@Override
	public void onApplicationEvent(ApplicationFailedEvent event) {
		ConfigurableApplicationContext context = event.getApplicationContext();
		if (context == null || !OnMetrics.isAnySet(context.getEnvironment())) {
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
		try (MetricsOutlets outlets = MetricsOutlets.open(environment)) {
			RunMeters meters = new RunMeters(outlets.registry(), MetricsScope.of(environment).tags());
			new RunGauges(meters).ended(exitCode);
			outlets.publish(false);
		}
	}

}
