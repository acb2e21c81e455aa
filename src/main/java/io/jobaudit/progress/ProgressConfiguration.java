package io.jobaudit.progress;

import io.jobaudit.Ticker;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** What is seen of a run: the figures while it goes on, and one event at its end. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProgressProperties.class)
class ProgressConfiguration {

	/** The first to hear of the end: whoever logs then has the terminal to himself. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	RunProgress runProgress(Screen screen, ProgressProperties properties) {
		return new RunProgress(() -> {
			StatusLine line = screen.statusLine();
			return (line != null) ? new ProgressLine(line) : new ProgressLog(properties.interval());
		}, Scheduler.ofThread(), Ticker.SYSTEM);
	}

	/** The last one: nothing is logged about a run after its summary. */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	RunSummaryEvent runSummaryEvent() {
		return new RunSummaryEvent(Ticker.SYSTEM);
	}

}
