package io.jobaudit.metrics;

import java.time.Clock;
import java.util.stream.Stream;

import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.metrics.MetricsExporters.MetricLabels;
import io.jobaudit.metrics.RunMetricsPublisher.RunRecords;
import io.jobaudit.metrics.SharedMetricsObserver.Publishers;
import io.micrometer.core.instrument.Tags;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.StringUtils;

/** Metrics of runs, if a destination is configured. */
@Configuration(proxyBeanMethods = false)
@Conditional(MetricsConfiguration.OnMetricsExport.class)
@EnableConfigurationProperties(MetricsProperties.class)
class MetricsConfiguration {

	@Bean
	RunMetricsObserver runMetrics(MetricsProperties properties, ApiProperties api, JdbcClient jdbc, Clock clock,
			Environment environment) {
		RunRecords records = new RunRecords(jdbc);
		RunMetricsPublisher.Sources sources = new RunMetricsPublisher.Sources(api.rate(), records,
				MetricLabels.of(environment), clock);
		return new RunMetricsObserver(() -> new RunMetricsPublisher(sources, MetricsExporters.open(environment)),
				properties.interval());
	}

	@Bean
	SharedMetricsObserver sharedMetrics(MetricsProperties properties, JdbcClient jdbc, Clock clock,
			Environment environment) {
		RunRecords records = new RunRecords(jdbc);
		return new SharedMetricsObserver(new Publishers((shared) -> {
			MetricLabels labels = new MetricLabels(shared.run().account(), String.valueOf(shared.api().region()));
			return new RunMetricsPublisher(new RunMetricsPublisher.Sources(shared.api().rate(), records, labels, clock),
					MetricsExporters.open(environment, labels));
		}, (node) -> new NodeMetricsPublisher(MetricsExporters.ofNode(environment, node), Tags.of("node", node))),
				properties.interval());
	}

	/**
	 * Whether metrics have a destination. Without one, none of their classes is loaded.
	 */
	static final class OnMetricsExport implements Condition {

		static final String OTLP_URL = "management.otlp.metrics.export.url";

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return isAnySet(context.getEnvironment());
		}

		static boolean isAnySet(Environment environment) {
			return Stream.of("audit.metrics.textfile", "audit.metrics.pushgateway.url", OTLP_URL)
				.anyMatch((name) -> isSet(environment, name));
		}

		static boolean isSet(Environment environment, String name) {
			return StringUtils.hasText(environment.getProperty(name));
		}

	}

}
