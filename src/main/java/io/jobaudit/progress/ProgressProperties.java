package io.jobaudit.progress;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a run shows of itself where there is no terminal.
 *
 * @param interval time between two log lines with the run's figures
 */
@ConfigurationProperties("audit.progress")
record ProgressProperties(@DefaultValue("30s") Duration interval) {

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	ProgressProperties {
		if (interval.compareTo(SHORTEST) < 0) {
			throw new IllegalArgumentException(
					"audit.progress.interval is " + interval + ", but must be at least 1s: such as 30s or 5m");
		}
	}

}
