package io.jobaudit.metrics;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.registry.otlp.OtlpConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Micrometer's OTLP settings under Boot's names. Boot's own configuration would export to
 * localhost by default.
 */
final class MetricsOtlpConfig implements OtlpConfig {

	static final String PREFIX = "management.otlp.metrics.export";

	private final Binder binder;

	MetricsOtlpConfig(Environment environment) {
		this.binder = Binder.get(environment);
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
