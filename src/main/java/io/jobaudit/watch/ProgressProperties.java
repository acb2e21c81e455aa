package io.jobaudit.watch;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a run tells how far it is.
 *
 * @param interval how often the log tells it, where there is no terminal to show it; zero
 * for never
 */
@ConfigurationProperties("audit.progress")
public record ProgressProperties(@DefaultValue("30s") Duration interval) {

	public ProgressProperties {
		if (interval.isNegative()) {
			throw new IllegalArgumentException("audit.progress.interval is 0s or longer, but is " + interval);
		}
	}

}
