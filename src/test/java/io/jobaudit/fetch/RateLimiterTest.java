package io.jobaudit.fetch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.jobaudit.Ticker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimiterTest {

	private final SteppedTime time = new SteppedTime();

	@Test
	void permitsAreEvenlySpaced() throws Exception {
		RateLimiter limiter = new RateLimiter(50, Duration.ofMinutes(10), this.time);

		List<Long> permits = permits(limiter, 101);

		assertThat(TimeUnit.NANOSECONDS.toMillis(permits.get(100) - permits.get(0))).isBetween(1960L, 2000L);
		for (int i = 2; i < permits.size(); i++) {
			assertThat(permits.get(i) - permits.get(i - 1)).as("permit %d", i).isEqualTo(20_000_000);
		}
	}

	@Test
	void idleTimeIsNotSavedUp() throws Exception {
		RateLimiter limiter = new RateLimiter(10, Duration.ofMinutes(10), this.time);
		this.time.pass(Duration.ofMinutes(1));

		List<Long> permits = permits(limiter, 12);

		assertThat(permits.get(11) - permits.get(0)).as("at most one permit that was missed is made up for")
			.isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
	}

	@Test
	void aPauseHoldsThoseWhoAlreadyWaitAndTheyStaySpaced() throws Exception {
		RateLimiter limiter = new RateLimiter(4, Duration.ofMinutes(10), Ticker.SYSTEM);
		BlockingQueue<Long> permits = new LinkedBlockingQueue<>();
		ExecutorService callers = Executors.newFixedThreadPool(5);
		for (int i = 0; i < 5; i++) {
			callers.submit(() -> permits.add(limiter.acquire()));
		}
		List<Long> later = new ArrayList<>(List.of(permits.take()));

		long pausedAt = System.nanoTime();
		limiter.throttled(pausedAt, Duration.ofMillis(600));
		long pauseIsKnown = System.nanoTime();
		for (int i = 1; i < 5; i++) {
			later.add(permits.take());
		}
		callers.shutdownNow();

		later.removeIf((permit) -> permit < pauseIsKnown);
		assertThat(later).as("callers that waited when the pause came").hasSizeGreaterThanOrEqualTo(2);
		assertThat(later).allSatisfy(
				(permit) -> assertThat(permit - pausedAt).isGreaterThanOrEqualTo(Duration.ofMillis(600).toNanos()));
		later.sort(null);
		assertThat(later.get(later.size() - 1) - later.get(0))
			.isGreaterThan((later.size() - 2) * Duration.ofMillis(240).toNanos());
	}

	@Test
	void aPauseIsNeverLongerThanTheRunsPatience() throws Exception {
		RateLimiter limiter = new RateLimiter(10, Duration.ofMinutes(10), this.time);

		limiter.throttled(this.time.now(), Duration.ofDays(10));
		permits(limiter, 1);

		assertThat(this.time.elapsed()).isEqualTo(Duration.ofMinutes(10));
	}

	@Test
	void whoWaitsLongLooksAgainNowAndThen() throws Exception {
		List<Duration> sleeps = new ArrayList<>();
		RateLimiter limiter = new RateLimiter(0.1, Duration.ofMinutes(10), new Ticker() {

			@Override
			public long now() {
				return RateLimiterTest.this.time.now();
			}

			@Override
			public void sleepUntil(long instant) {
				sleeps.add(Duration.ofNanos(instant - now()));
				RateLimiterTest.this.time.sleepUntil(instant);
			}

		});

		List<Long> permits = permits(limiter, 4);

		assertThat(permits.get(3) - permits.get(2)).isEqualTo(Duration.ofSeconds(10).toNanos());
		assertThat(sleeps).as("or a change of pace would be felt late")
			.allMatch((sleep) -> sleep.compareTo(Duration.ofMillis(250)) <= 0);
	}

	@Test
	void rateZeroNeverWaits() throws Exception {
		RateLimiter limiter = new RateLimiter(0, Duration.ofMinutes(10), this.time);

		permits(limiter, 1000);

		assertThat(this.time.elapsed()).isZero();
	}

	private List<Long> permits(RateLimiter limiter, int count) throws InterruptedException {
		List<Long> permits = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			limiter.acquire();
			permits.add(this.time.now());
		}
		return permits;
	}

}
