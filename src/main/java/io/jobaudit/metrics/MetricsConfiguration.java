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

/** Metrics, where they go anywhere. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnMetrics.class)
@EnableConfigurationProperties(MetricsProperties.class)
class MetricsConfiguration {

	@Bean
	RunMetrics runMetrics(MetricsProperties properties, SmartJobFetch fetch, ApiProperties api, JdbcClient jdbc,
			Clock clock, Environment environment) {
		MeasuredRun.Sources sources = new MeasuredRun.Sources(fetch, api.rate(), new RunRecords(jdbc),
				MetricsScope.of(environment), clock);
		return new RunMetrics(() -> new MeasuredRun(sources, MetricsOutlets.open(environment)), properties.interval());
	}

}
