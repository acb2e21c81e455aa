package io.jobaudit.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MetricsConfigurationTest {

	@ParameterizedTest
	@ValueSource(strings = { "audit.metrics.textfile", "audit.metrics.pushgateway.url",
			"management.otlp.metrics.export.url" })
	void oneDestinationIsEnoughAndAnEmptyOneIsNone(String name) {
		assertThat(MetricsConfiguration.OnMetricsExport
			.isAnySet(new MockEnvironment().withProperty(name, "http://x/a.prom"))).isTrue();
		assertThat(MetricsConfiguration.OnMetricsExport.isAnySet(new MockEnvironment().withProperty(name, "")))
			.isFalse();
		assertThat(MetricsConfiguration.OnMetricsExport.isAnySet(new MockEnvironment())).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "audit.metrics.textfile, metrics.txt, must end in .prom", "audit.metrics.interval, 10ms, at least 1s",
			"audit.metrics.pushgateway.url, gateway:9091, http://HOST:PORT",
			"audit.metrics.pushgateway.url, http://user:secret@gateway, http://HOST:PORT",
			"audit.metrics.pushgateway.timeout, 900us, at least 1ms" })
	void aSettingThatCannotBeRightIsRefusedWithItsName(String name, String value, String advice) {
		MockEnvironment environment = new MockEnvironment().withProperty(name, value);

		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> Binder.get(environment).bindOrCreate("audit.metrics", MetricsProperties.class))
			.satisfies((ex) -> assertThat(NestedExceptionUtils.getMostSpecificCause(ex).getMessage())
				.contains(name, advice)
				.doesNotContain("secret"));
	}

	@Test
	void otlpHasBootsSettings() {
		MockEnvironment environment = new MockEnvironment();
		Map.of("url", "http://collector/v1/metrics", "step", "10s", "aggregation-temporality", "delta",
				"headers.authorization", "Basic a=,b", "read-timeout", "7s")
			.forEach((name, value) -> environment.withProperty(MetricsOtlpConfig.PREFIX + "." + name, value));
		ConfigurationPropertySources.attach(environment);
		MetricsOtlpConfig config = new MetricsOtlpConfig(environment);

		assertThat(config.url()).isEqualTo("http://collector/v1/metrics");
		assertThat(config.step()).hasSeconds(10);
		assertThat(config.aggregationTemporality()).hasToString("DELTA");
		assertThat(config.headers()).isEqualTo(Map.of("authorization", "Basic a=,b"));
		assertThat(config.duration("read-timeout", Duration.ZERO)).hasSeconds(7);
		assertThat(config.baseTimeUnit()).isEqualTo(TimeUnit.SECONDS);
		assertThat(config.resourceAttributes()).containsEntry("service.name", "job-audit");
	}

}
