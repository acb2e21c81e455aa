package io.jobaudit.fetch;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A state is a value: the same events lead to the same one, whoever holds it. */
class AdaptiveRateTest {

	private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	@Test
	void theSameEventsLeadToTheSameStateAndTheOldOneStays() {
		AdaptiveRate begin = AdaptiveRate.of(1000, 0);

		AdaptiveRate cut = throttleEveryOther(begin);

		assertThat(cut).isEqualTo(throttleEveryOther(begin)).isNotEqualTo(begin);
		assertThat(cut.at(1500 * MILLI)).isBetween(480.0, 520.0);
		assertThat(begin).isEqualTo(AdaptiveRate.of(1000, 0));
		assertThat(begin.at(1500 * MILLI)).isEqualTo(1000);
	}

	@Test
	void theStateStaysSmallAtAnyPace() {
		AdaptiveRate rate = AdaptiveRate.of(Double.POSITIVE_INFINITY, 0);
		for (long call = 0; call < 50_000; call++) {
			rate = rate.sent(call * MILLI / 10);
		}

		assertThat(rate.calls().slices()).hasSizeLessThan(110);
		assertThat(rate.calls().rate(4999 * MILLI)).isBetween(9_900.0, 10_100.0);
	}

	private static AdaptiveRate throttleEveryOther(AdaptiveRate begin) {
		AdaptiveRate rate = begin;
		for (long call = 1; call < 1500; call++) {
			rate = rate.sent(call * MILLI).answered(call * MILLI, call % 2 == 0, call * MILLI);
		}
		return rate;
	}

}
