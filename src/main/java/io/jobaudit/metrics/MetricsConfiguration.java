package io.jobaudit.metrics;

import java.time.Clock;

import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.fetch.api.ApiProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Metrics of runs, if a destination is configured. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnMetricsExport.class)
@EnableConfigurationProperties(MetricsProperties.class)
class MetricsConfiguration {

	@Bean
	RunMetricsObserver runMetrics(MetricsProperties properties, SmartJobFetch fetch, ApiProperties api, JdbcClient jdbc,
			Clock clock, Environment environment) {
		RunMetricsPublisher.Sources sources = new RunMetricsPublisher.Sources(fetch, api.rate(), new RunRecords(jdbc),
				MetricLabels.of(environment), clock);
		return new RunMetricsObserver(() -> new RunMetricsPublisher(sources, MetricsExporters.open(environment)),
				properties.interval());
	}

}
