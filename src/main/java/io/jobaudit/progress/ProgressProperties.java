package io.jobaudit.progress;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Progress of a run in the log if there is no terminal.
 *
 * @param interval time between two log lines
 */
@ConfigurationProperties("audit.progress")
record ProgressProperties(@DefaultValue("30s") Duration interval) {

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	ProgressProperties {
		if (interval.compareTo(SHORTEST) < 0) {
			throw new IllegalArgumentException(
					"audit.progress.interval must be at least 1s, e.g. 30s or 5m, but is " + interval);
		}
	}

}
