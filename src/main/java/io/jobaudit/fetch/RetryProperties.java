package io.jobaudit.fetch;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How often and how soon to ask again; waits are exponential with full jitter.
 *
 * @param maxRetries retries after faults, per id
 * @param delay bound of the first wait
 * @param maxDelay bound of any wait
 * @param multiplier how much the bound grows from wait to wait
 * @param throttledMaxRetries retries after throttling, per id, before the account counts
 * as out of reach
 */
@ConfigurationProperties("audit.retry")
public record RetryProperties(@DefaultValue("5") int maxRetries, @DefaultValue("200ms") Duration delay,
		@DefaultValue("10s") Duration maxDelay, @DefaultValue("2") double multiplier,
		@DefaultValue("20") int throttledMaxRetries) {

	public RetryProperties {
		Assert.isTrue(maxRetries >= 0, "audit.retry.max-retries is 0 or more, but is " + maxRetries);
		Assert.isTrue(throttledMaxRetries >= 0,
				"audit.retry.throttled-max-retries is 0 or more, but is " + throttledMaxRetries);
		Assert.isTrue(!delay.isNegative(), "audit.retry.delay is 0 or longer, but is " + delay);
		Assert.isTrue(maxDelay.compareTo(delay) >= 0,
				"audit.retry.max-delay is at least audit.retry.delay (" + delay + "), but is " + maxDelay);
		Assert.isTrue(multiplier >= 1, "audit.retry.multiplier is 1 or more, but is " + multiplier);
	}

	/**
	 * Bound of a wait.
	 * @param retry number of the retry, from 1
	 */
	Duration bound(int retry) {
		double millis = this.delay.toMillis() * Math.pow(this.multiplier, retry - 1.0);
		return Duration.ofMillis((long) Math.min(millis, this.maxDelay.toMillis()));
	}

}
