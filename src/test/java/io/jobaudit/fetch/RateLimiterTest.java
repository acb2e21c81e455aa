package io.jobaudit.fetch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.jobaudit.Ticker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

	/**
	 * Callers whose machine wakes them late: by some milliseconds all the time, and every
	 * half minute all of them by a tenth of a second.
	 */
	@ParameterizedTest
	@CsvSource({ "20, 52, 99.7", "50, 53, 99.7", "200, 204, 99.7", "1000, 1020, 99" })
	void lateTurnsDoNotBunchUpAndAreMadeUpFor(int rate, int mostInASecond, double percent) {
		RateLimiter limiter = new RateLimiter(rate, Duration.ofMinutes(10), this.time);
		Random random = new Random(20261128);
		Queue<Waking> callers = new PriorityQueue<>(Comparator.comparingLong(Waking::at));
		long end = TimeUnit.MINUTES.toNanos(2);
		List<Long> calls = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			callers.add(Waking.of(limiter.nextPermit(), random));
		}
		while (this.time.now() < end) {
			Waking caller = callers.remove();
			this.time.sleepUntil(caller.at());
			if (caller.permit() == null) {
				callers.add(Waking.of(limiter.nextPermit(), random));
			}
			else if (limiter.begin(caller.permit()).isPresent()) {
				calls.add(this.time.now());
				callers.add(new Waking(this.time.now() + Duration.ofMillis(50).toNanos(), null));
			}
			else {
				callers.add(Waking.of(limiter.nextPermit(), random));
			}
		}

		int most = 0;
		for (int first = 0, last = 0; last < calls.size(); last++) {
			while (calls.get(last) - calls.get(first) >= Duration.ofSeconds(1).toNanos()) {
				first++;
			}
			most = Math.max(most, last - first + 1);
		}
		assertThat(most).isLessThanOrEqualTo(mostInASecond);
		assertThat(100.0 * calls.size() / 120 / rate).isBetween(percent, 100.1);
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

	/**
	 * A caller's next moment.
	 *
	 * @param permit what it waits for, null for an answer
	 */
	private record Waking(long at, RateLimiter.@Nullable Permit permit) {

		private static final long STALLS_EVERY = Duration.ofSeconds(30).toNanos();

		static Waking of(RateLimiter.Permit permit, Random random) {
			long at = permit.instant() + (long) (random.nextDouble() * Duration.ofMillis(3).toNanos());
			long sinceStall = at % STALLS_EVERY;
			return new Waking(at + Math.max(0, Duration.ofMillis(100).toNanos() - sinceStall), permit);
		}

	}

}
