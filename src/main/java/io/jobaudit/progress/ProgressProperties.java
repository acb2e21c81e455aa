package io.jobaudit.progress;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

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
