package io.jobaudit.fetch;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;

import io.jobaudit.Ticker;
import io.jobaudit.fetch.api.Acs3Signer;
import io.jobaudit.fetch.api.ApiHttpClient;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.fetch.api.CredentialsSource;
import io.jobaudit.fetch.api.SignedHttpApi;
import io.jobaudit.fetch.api.TimedApi;
import io.jobaudit.fetch.api.VendorCredentials;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Assembles the client: retrying( rate-limited( timed( signed HTTP ) ) ). */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ApiProperties.class, RetryProperties.class })
class FetchConfiguration {

	@Bean
	CloseableHttpClient apiHttpClient(ApiProperties properties) {
		return ApiHttpClient.of(properties);
	}

	@Bean(destroyMethod = "shutdownNow")
	ScheduledThreadPoolExecutor attemptDeadlines() {
		ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1,
				new CustomizableThreadFactory("attempt-deadline-"));
		deadlines.setRemoveOnCancelPolicy(true);
		return deadlines;
	}

	@Bean
	CredentialsSource credentialsSource() {
		return new VendorCredentials();
	}

	@Bean
	SmartJobFetch smartJobFetch(ApiProperties properties, RetryProperties retry, CloseableHttpClient apiHttpClient,
			ScheduledThreadPoolExecutor attemptDeadlines, CredentialsSource credentials, Clock clock) {
		Ticker time = Ticker.SYSTEM;
		Acs3Signer signer = new Acs3Signer(clock, () -> UUID.randomUUID().toString());
		RateLimiter limiter = new RateLimiter(properties.rate(), properties.outagePatience(), time);
		TimedApi timed = new TimedApi(
				new SignedHttpApi(apiHttpClient, attemptDeadlines, properties, signer, credentials, time), time);
		RateLimitedApi api = new RateLimitedApi(timed, limiter);
		ApiCircuitBreaker breaker = new ApiCircuitBreaker(retry, properties.outagePatience(), time);
		RetryingFetcher fetcher = new RetryingFetcher(api, breaker, retry, time, clock,
				() -> ThreadLocalRandom.current().nextDouble());
		return new SmartJobFetch(properties, credentials, timed, api, fetcher, time, clock);
	}

}
