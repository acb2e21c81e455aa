package io.jobaudit.progress;

import io.jobaudit.Ticker;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The progress of a run while it runs, and one event at its end. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProgressProperties.class)
class ProgressConfiguration {

	/** First observer: later log lines must not collide with the progress line. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	RunProgress runProgress(Screen screen, ProgressProperties properties) {
		return new RunProgress(() -> {
			StatusLine line = screen.statusLine();
			return (line != null) ? new ProgressLine(line) : new ProgressLog(properties.interval());
		}, Scheduler.ofThread(), Ticker.SYSTEM);
	}

	/** Last observer: nothing is logged about a run after its summary. */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	RunSummaryEvent runSummaryEvent() {
		return new RunSummaryEvent(Ticker.SYSTEM);
	}

}
