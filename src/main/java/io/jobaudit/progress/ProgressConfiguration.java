package io.jobaudit.progress;

import java.time.Duration;

import io.jobaudit.Ticker;
import io.jobaudit.progress.RunProgress.Scheduler;
import io.jobaudit.progress.StatusLine.Screen;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.Assert;

/** The progress of a run while it runs, and one event at its end. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProgressConfiguration.ProgressProperties.class)
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

	/**
	 * Progress of a run in the log if there is no terminal.
	 *
	 * @param interval time between two log lines
	 */
	@ConfigurationProperties("audit.progress")
	record ProgressProperties(@DefaultValue("30s") Duration interval) {

		ProgressProperties {
			Assert.isTrue(interval.compareTo(Duration.ofSeconds(1)) >= 0,
					"audit.progress.interval must be at least 1s, e.g. 30s or 5m, but is " + interval);
		}

	}

}
