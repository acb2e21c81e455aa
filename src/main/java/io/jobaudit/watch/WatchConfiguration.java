package io.jobaudit.watch;

import java.util.Optional;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** What people see of a run. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProgressProperties.class)
class WatchConfiguration {

	/** First of all: what others print stands where its line was. */
	@Bean
	@Order(1)
	RunProgress runProgress(Optional<Screen> screen, ProgressProperties properties) {
		return new RunProgress(screen, properties);
	}

	@Bean
	@Order(2)
	RunSummaryEvent runSummaryEvent() {
		return new RunSummaryEvent();
	}

}
