package io.jobaudit.metrics;

import java.time.Duration;

import io.jobaudit.FailureReason;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.ipc.http.HttpUrlConnectionSender;
import io.micrometer.registry.otlp.OtlpHttpMetricsSender;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/** Sends metrics by OTLP; a failure is one log line. */
final class MetricsOtlp implements OtlpMetricsSender {

	private static final Logger LOG = LoggerFactory.getLogger(MetricsOtlp.class);

	private final OtlpMetricsSender delegate;

	private MetricsOtlp(Duration connectTimeout, Duration readTimeout) {
		this.delegate = new OtlpHttpMetricsSender(new HttpUrlConnectionSender(connectTimeout, readTimeout));
	}

	/** Creates the registry in the settings. */
	static MeterRegistry registry(Environment environment) {
		MetricsOtlpConfig config = new MetricsOtlpConfig(environment);
		// Shorter than the ten seconds that a graceful stop may take.
		MetricsOtlp sender = new MetricsOtlp(config.duration("connect-timeout", Duration.ofSeconds(1)),
				config.duration("read-timeout", Duration.ofSeconds(3)));
		return OtlpMeterRegistry.builder(config).clock(Clock.SYSTEM).metricsSender(sender).build();
	}

	@Override
	public void send(Request request) {
		try {
			this.delegate.send(request);
		}
		// send(..) declares Exception.
		catch (Exception ex) {
			LOG.warn("Cannot export metrics by OTLP ({}.url): {}", MetricsOtlpConfig.PREFIX,
					FailureReason.of(NestedExceptionUtils.getMostSpecificCause(ex)));
		}
	}

}
