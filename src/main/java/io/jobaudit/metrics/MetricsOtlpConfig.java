package io.jobaudit.metrics;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.jobaudit.FailureReason;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.ipc.http.HttpUrlConnectionSender;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpHttpMetricsSender;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/** OTLP settings under Boot's names; Boot itself would export to localhost. */
final class MetricsOtlpConfig implements OtlpConfig {

	static final String PREFIX = "management.otlp.metrics.export";

	private static final Logger LOG = LoggerFactory.getLogger(MetricsOtlpConfig.class);

	private final Binder binder;

	MetricsOtlpConfig(Environment environment) {
		this.binder = Binder.get(environment);
	}

	/** A registry of these settings; a failed export is one log line. */
	MeterRegistry registry() {
		// Shorter than the ten seconds that a graceful stop may take.
		OtlpMetricsSender http = new OtlpHttpMetricsSender(new HttpUrlConnectionSender(
				duration("connect-timeout", Duration.ofSeconds(1)), duration("read-timeout", Duration.ofSeconds(3))));
		return OtlpMeterRegistry.builder(this).clock(Clock.SYSTEM).metricsSender((request) -> {
			try {
				http.send(request);
			}
			// send(..) declares Exception.
			catch (Exception ex) {
				LOG.warn("Cannot export metrics by OTLP ({}.url): {}", PREFIX,
						FailureReason.of(NestedExceptionUtils.getMostSpecificCause(ex)));
			}
		}).build();
	}

	@Override
	public @Nullable String get(String key) {
		String name = key.substring(prefix().length() + 1).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
		return this.binder.bind(PREFIX + "." + name, String.class).orElse(null);
	}

	/** A setting that Micrometer does not read. */
	Duration duration(String name, Duration otherwise) {
		return this.binder.bind(PREFIX + "." + name, Duration.class).orElse(otherwise);
	}

	/** Seconds, as everywhere else, unless set. */
	@Override
	public TimeUnit baseTimeUnit() {
		return (get(prefix() + ".baseTimeUnit") != null) ? OtlpConfig.super.baseTimeUnit() : TimeUnit.SECONDS;
	}

	@Override
	public Map<String, String> headers() {
		return this.binder.bind(PREFIX + ".headers", Bindable.mapOf(String.class, String.class))
			.orElseGet(OtlpConfig.super::headers);
	}

	@Override
	public Map<String, String> resourceAttributes() {
		Map<String, String> attributes = new HashMap<>(OtlpConfig.super.resourceAttributes());
		attributes.putIfAbsent("service.name", "job-audit");
		return attributes;
	}

}
