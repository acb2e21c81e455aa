package io.jobaudit.simulator;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitTest {

	private final HandClock clock = new HandClock();

	private final RateLimit limit = new RateLimit(this.clock);

	@Test
	void exactlyTheRateGetsThroughWhenManyComeAtOnce() {
		long admitted = IntStream.range(0, 200_000).parallel().filter((i) -> this.limit.admits(100_000)).count();

		assertThat(admitted).isEqualTo(100_000);
	}

	@Test
	void refusedCallsUseNothingUp() {
		assertThat(this.limit.admits(1)).isTrue();
		this.clock.advanceMillis(900);
		assertThat(this.limit.admits(1)).isFalse();
		this.clock.advanceMillis(100);

		assertThat(this.limit.admits(1)).isTrue();
	}

	@Test
	void aLimitThatDropsCountsTheCallsBeforeIt() {
		assertThat(this.limit.admits(0)).isTrue();
		assertThat(this.limit.admits(0)).isTrue();

		assertThat(this.limit.admits(2)).isFalse();
		assertThat(this.limit.admits(3)).isTrue();
	}

}
