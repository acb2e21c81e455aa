package io.jobaudit.fetch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How often and how soon to retry; waits grow exponentially, with full jitter.
 *
 * @param maxRetries retries after faults, per id
 * @param delay upper bound of the first wait
 * @param maxDelay upper bound of any wait
 * @param multiplier growth of the bound from one wait to the next
 * @param throttledMaxRetries retries after throttling, per id, before the account counts
 * as out of reach
 */
@ConfigurationProperties("audit.retry")
public record RetryProperties(@DefaultValue("5") int maxRetries, @DefaultValue("200ms") Duration delay,
		@DefaultValue("10s") Duration maxDelay, @DefaultValue("2") double multiplier,
		@DefaultValue("20") int throttledMaxRetries) {

	/** How often an id may use up all its retries before the error is its outcome. */
	static final int ROUNDS = 3;

	public RetryProperties {
		Assert.isTrue(maxRetries >= 0, "audit.retry.max-retries takes 0 or more, but got " + maxRetries);
		Assert.isTrue(throttledMaxRetries >= 0,
				"audit.retry.throttled-max-retries takes 0 or more, but got " + throttledMaxRetries);
		Assert.isTrue(!delay.isNegative(), "audit.retry.delay takes a duration of 0 or longer, but got " + delay);
		Assert.isTrue(maxDelay.compareTo(delay) >= 0,
				"audit.retry.max-delay takes at least audit.retry.delay, " + delay + ", but got " + maxDelay);
		Assert.isTrue(multiplier >= 1, "audit.retry.multiplier takes 1 or more, but got " + multiplier);
	}

	/**
	 * Most calls that one id takes, calls that find the security token expired not
	 * counted. Each round has a first call, its retries, and one more call after the API
	 * has answered another one.
	 */
	int maxCalls() {
		return ROUNDS * (this.maxRetries + 2) + ROUNDS * (this.throttledMaxRetries + 2);
	}

	/**
	 * Upper bound of a wait.
	 * @param retry number of the retry, from 1
	 */
	Duration bound(int retry) {
		double millis = TimeUnit.MILLISECONDS.convert(this.delay) * Math.pow(this.multiplier, retry - 1.0);
		return Duration.ofMillis((long) Math.min(millis, TimeUnit.MILLISECONDS.convert(this.maxDelay)));
	}

}
