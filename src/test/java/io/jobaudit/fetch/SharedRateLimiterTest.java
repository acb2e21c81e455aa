package io.jobaudit.fetch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.jobaudit.fetch.RateLimiter.Permit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Three processes that share a rate, on simulated time. */
class SharedRateLimiterTest {

	private static final int PROCESSES = 3;

	private static final int CONCURRENCY = 64;

	private static final Duration LATENCY = Duration.ofMillis(50);

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final EventTime time = new EventTime();

	private final SharedRow row = new SharedRow();

	private final List<Long> sent = new ArrayList<>();

	private final List<Long> throttled = new ArrayList<>();

	private final List<SharedRateLimiter> limiters = new ArrayList<>();

	private final SimulatedServer server = SimulatedServer.of(SimulatedServer.Counting.ADMITTED);

	private Duration lease = Duration.ofMillis(20);

	private double limit = Double.POSITIVE_INFINITY;

	private @Nullable SharedRateLimiter heldUp;

	@ParameterizedTest
	@ValueSource(doubles = { 80, 200, 1000 })
	void togetherTheyUseTheRateAndNoMore(double rate) {
		start(rate);

		until(20);

		assertThat(this.sent.size() / 20.0).isBetween(0.99 * rate, 1.01 * rate);
		assertThat(mostInASecond()).isLessThanOrEqualTo((long) Math.ceil(1.03 * rate));
	}

	@Test
	void theTurnsOfALeaseAreTakenAtOnce() {
		this.lease = Duration.ofMillis(100);
		start(1000);

		until(20);

		assertThat(this.row.taken).as("20 s in leases of 100 ms").isBetween(195L, 205L);
		assertThat(this.sent.size() / 20.0).isBetween(990.0, 1010.0);
	}

	@Test
	void aLowerLimitOfTheApiIsFoundByAllWithinTenSeconds() {
		this.limit = 150;
		start(200);

		until(60);

		assertThat(share(10, 60)).as("share of throttled calls").isLessThan(0.05);
		assertThat(count(this.sent, 10, 60) / 50.0).isGreaterThan(0.9 * this.limit);
		assertThat(this.limiters).extracting(SharedRateLimiter::currentRate).allMatch((rate) -> rate < 165);
	}

	@Test
	void whatTheApiAsksOneOfThemToWaitAllWait() {
		start(200);
		until(5);
		this.limiters.get(0).throttled(this.time.now(), Duration.ofSeconds(10));

		until(20);

		assertThat(count(this.sent, 5.1, 15)).isZero();
		assertThat(count(this.sent, 15, 16)).isGreaterThan(190);
	}

	@Test
	void aProcessThatWasFrozenDoesNotCatchUp() {
		SharedRateLimiter frozen = limiter(200);
		Permit permit = frozen.nextPermit();
		this.time.sleepUntil(permit.instant() + Duration.ofMillis(26).toNanos());

		assertThat(frozen.begin(permit)).isEmpty();
	}

	/** One of them is held up for a tenth of each second: a 30th of all turns. */
	@Test
	void missedTurnsAreMadeUpFor() {
		start(200);

		for (int second = 1; second <= 20; second++) {
			until(second - 0.1);
			this.heldUp = this.limiters.get(second % PROCESSES);
			until(second);
			this.heldUp = null;
		}

		until(200);
		assertThat(this.sent.size() / 200.0).isGreaterThan(0.999 * 200);
		assertThat(mostInASecond()).isLessThanOrEqualTo(206);
	}

	private void start(double rate) {
		for (int process = 0; process < PROCESSES; process++) {
			SharedRateLimiter limiter = limiter(rate);
			this.limiters.add(limiter);
			for (int thread = 0; thread < CONCURRENCY; thread++) {
				call(limiter);
			}
		}
	}

	private SharedRateLimiter limiter(double rate) {
		return new SharedRateLimiter(rate, this.row, Duration.ofMinutes(10), this.time);
	}

	private void until(double second) {
		this.time.sleepUntil((long) (second * SECOND));
	}

	/** A thread that calls on and on. */
	private void call(SharedRateLimiter limiter) {
		Permit permit = limiter.nextPermit();
		this.time.after(Duration.ofNanos(Math.max(0, permit.instant() - this.time.now())), () -> {
			if (limiter == this.heldUp) {
				this.time.after(Duration.ofMillis(50), () -> begin(limiter, permit));
			}
			else {
				begin(limiter, permit);
			}
		});
	}

	private void begin(SharedRateLimiter limiter, Permit permit) {
		OptionalLong sentAt = limiter.begin(permit);
		if (sentAt.isEmpty()) {
			call(limiter);
		}
		else {
			send(limiter, sentAt.getAsLong());
		}
	}

	private void send(SharedRateLimiter limiter, long sentAt) {
		this.sent.add(sentAt);
		boolean admitted = Double.isInfinite(this.limit) || this.server.admits(this.time.seconds(), this.limit);
		if (!admitted) {
			this.throttled.add(sentAt);
		}
		this.time.after(LATENCY, () -> {
			if (admitted) {
				limiter.accepted(sentAt);
			}
			else {
				limiter.throttled(sentAt, Duration.ZERO);
			}
			call(limiter);
		});
	}

	private double share(double from, double to) {
		return (double) count(this.throttled, from, to) / count(this.sent, from, to);
	}

	private static long count(List<Long> instants, double from, double to) {
		return instants.stream().filter((instant) -> instant >= from * SECOND && instant < to * SECOND).count();
	}

	private long mostInASecond() {
		int first = 0;
		int most = 0;
		for (int last = 0; last < this.sent.size(); last++) {
			while (this.sent.get(last) - this.sent.get(first) >= SECOND) {
				first++;
			}
			most = Math.max(most, last - first + 1);
		}
		return most;
	}

	/** By the rules of the row in the database. */
	private final class SharedRow implements SharedRate {

		private long nextAt;

		private long taken;

		private long pausedUntil;

		private long drops;

		private long droppedAt = -1000 * SECOND;

		private double accepted;

		@Override
		public Duration lease() {
			return SharedRateLimiterTest.this.lease;
		}

		@Override
		public Turns take(int turns, Duration interval) {
			long now = SharedRateLimiterTest.this.time.now();
			long first = Math.max(Math.max(this.nextAt, this.pausedUntil), now);
			this.taken++;
			this.nextAt = first + turns * interval.toNanos();
			return new Turns(Duration.ofNanos(first - now), last(now));
		}

		@Override
		public Optional<Drop> drop(long seen, Duration age, double rate) {
			long now = SharedRateLimiterTest.this.time.now();
			if (seen != this.drops) {
				return Optional.of(last(now));
			}
			this.drops++;
			this.droppedAt = now - age.toNanos();
			this.accepted = rate;
			return Optional.empty();
		}

		@Override
		public void pause(Duration pause) {
			this.pausedUntil = Math.max(this.pausedUntil, SharedRateLimiterTest.this.time.now() + pause.toNanos());
		}

		private Drop last(long now) {
			return new Drop(this.drops, Duration.ofNanos(now - this.droppedAt), this.accepted);
		}

	}

}
