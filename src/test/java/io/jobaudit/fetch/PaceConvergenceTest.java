package io.jobaudit.fetch;

import java.util.Arrays;
import java.util.Random;

import io.jobaudit.fetch.SimulatedCalls.Share;
import io.jobaudit.fetch.SimulatedServer.Counting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The pace under a server's limit, minutes of it on simulated time. */
class PaceConvergenceTest {

	private static final int SEEDS = 20;

	@ParameterizedTest
	@CsvSource({ "20, 10, 16, ADMITTED", "20, 10, 64, CLOCK", "200, 100, 16, ADMITTED", "200, 100, 64, ADMITTED",
			"200, 100, 64, ALL", "200, 100, 64, CLOCK", "1000, 500, 64, ADMITTED", "1000, 500, 64, ALL" })
	void underHalfTheRateUnder2PercentAreThrottledAndOver90PercentUsed(double rate, double limit, int concurrency,
			Counting counting) throws Exception {
		assertShares(new SimulatedCalls(rate, concurrency), limit, counting, 2, 90);
	}

	@ParameterizedTest
	@CsvSource({ "20, 10, ALL, 3, 90", "200, 20, ADMITTED, 2, 90", "200, 20, ALL, 4, 90", "200, 20, CLOCK, 2.5, 95",
			"200, 4, ADMITTED, 10, 85", "200, 4, ALL, 20, 60", "1000, 20, ADMITTED, 4, 90", "20, 2, ADMITTED, 12, 75" })
	void aTenthAndAFiftiethAreFoundToo(double rate, double limit, Counting counting, double throttledAtMost,
			double usedAtLeast) throws Exception {
		assertShares(new SimulatedCalls(rate, 64), limit, counting, throttledAtMost, usedAtLeast);
	}

	@ParameterizedTest
	@CsvSource({ "ADMITTED, 100", "ALL, 100", "ADMITTED, 20" })
	void throttledAnswersMayTakeTheirTime(Counting counting, double limit) throws Exception {
		assertShares(new SimulatedCalls(200, 64).withSlowThrottling(), limit, counting, 3, 90);
	}

	@ParameterizedTest
	@CsvSource({ "ADMITTED, 90", "CLOCK, 90", "ALL, 80" })
	void withoutARateOfOurOwnTheServersIsFound(Counting counting, double usedAtLeast) throws Exception {
		assertShares(new SimulatedCalls(0, 64), 100, counting, 2, usedAtLeast);
	}

	@ParameterizedTest
	@CsvSource({ "20, 10, ADMITTED", "200, 100, ADMITTED", "200, 100, ALL", "200, 20, ADMITTED", "200, 4, ADMITTED",
			"200, 4, ALL", "1000, 20, ALL" })
	void whenTheLimitIsLiftedTheConfiguredRateIsBackWithin60Seconds(double rate, double limit, Counting counting)
			throws Exception {
		SimulatedServer server = SimulatedServer.of(counting);
		SimulatedCalls calls = new SimulatedCalls(rate, 64);

		calls.until(45, (second) -> server.admits(second, limit)).until(120, (second) -> true);

		assertThat(calls.between(105, 120).acceptedPerSecond()).isBetween(0.99 * rate, 1.01 * rate);
	}

	@ParameterizedTest
	@CsvSource({ "ADMITTED, 3", "CLOCK, 3", "ALL, 40" })
	void aLimitThatHalvesInTheMiddleIsFound(Counting counting, double seconds) throws Exception {
		SimulatedServer server = SimulatedServer.of(counting);
		SimulatedCalls calls = new SimulatedCalls(200, 64);

		calls.until(150, (second) -> server.admits(second, (second < 60) ? 1000 : 100));

		assertThat(calls.between(30, 60).acceptedPerSecond()).isBetween(199.0, 201.0);
		Share later = calls.between(60 + seconds, 150);
		assertThat(later.throttledPercent()).isLessThan(2);
		assertThat(later.acceptedPerSecond()).isGreaterThan(90);
	}

	@ParameterizedTest
	@CsvSource({ "20, 0.003", "200, 0.003", "1000, 0.003" })
	void loneThrottledAnswersDoNotLowerThePace(double rate, double share) throws Exception {
		Random random = new Random(1);

		SimulatedCalls calls = new SimulatedCalls(rate, 64).until(120, (second) -> random.nextDouble() >= share);

		assertThat(calls.between(0, 120).acceptedPerSecond()).isGreaterThan(0.97 * rate);
	}

	@ParameterizedTest
	@CsvSource({ "20, 0.03", "200, 0.03", "200, 0.07", "1000, 0.07" })
	void throttlingThatOurRateDoesNotCauseIsNotChasedDown(double rate, double share) throws Exception {
		Random random = new Random(1);

		SimulatedCalls calls = new SimulatedCalls(rate, 64).until(300, (second) -> random.nextDouble() >= share);

		assertThat(calls.between(60, 300).acceptedPerSecond()).isGreaterThan(0.75 * rate);
	}

	@ParameterizedTest
	@CsvSource({ "60, 0.15", "60, 0.25", "60, 0.4", "40, 0.25", "20, 0.15", "200, 0.25", "200, 0.4" })
	void throttlingByChanceCostsItsShareAndNoMore(double rate, double share) throws Exception {
		double[] accepted = new double[SEEDS];
		for (int seed = 0; seed < SEEDS; seed++) {
			Random random = new Random(seed);
			double seconds = 10 + 1200 / (rate * (1 - share));

			SimulatedCalls calls = new SimulatedCalls(rate, 64).until(seconds + 20,
					(second) -> random.nextDouble() >= share);

			accepted[seed] = calls.between(10, seconds).acceptedPerSecond() / ((1 - share) * rate);
		}
		Arrays.sort(accepted);
		assertThat(accepted[0]).as("of what is possible: %s", Arrays.toString(accepted)).isGreaterThan(0.9);
	}

	@ParameterizedTest
	@CsvSource({ "60, 60", "200, 200" })
	void anotherTenantThatTakesHalfOfTheQuotaForAMinuteIsFollowed(double rate, double limit) throws Exception {
		SimulatedServer server = SimulatedServer.of(Counting.ADMITTED);
		SimulatedCalls calls = new SimulatedCalls(rate, 64);

		calls.until(200, (second) -> server.admits(second, (second >= 30 && second < 90) ? limit / 2 : limit));

		Share shared = calls.between(50, 90);
		assertThat(shared.throttledPercent()).isLessThan(3);
		assertThat(shared.acceptedPerSecond()).isGreaterThan(0.9 * limit / 2);
		assertThat(calls.between(150, 200).acceptedPerSecond()).as("back after a minute").isGreaterThan(0.97 * rate);
	}

	/** On a wire calls do not arrive evenly, and a limit of our rate throttles a few. */
	@Test
	void anotherTenantIsFollowedAlsoWhereCallsArriveUnevenly() throws Exception {
		for (int seed = 0; seed < SEEDS; seed++) {
			Random random = new Random(seed);
			double begin = 30 + random.nextDouble();
			SimulatedServer server = SimulatedServer.of(Counting.ADMITTED);
			SimulatedCalls calls = new SimulatedCalls(60, 64);

			calls.until(200, (second) -> server.admits(second + 0.03 * random.nextDouble(),
					(second >= begin && second < begin + 60) ? 30 : 60));

			Share shared = calls.between(50, 90);
			assertThat(shared.throttledPercent()).as("seed %d", seed).isLessThan(2);
			assertThat(shared.acceptedPerSecond()).as("seed %d", seed).isGreaterThan(0.9 * 30);
			assertThat(calls.between(150, 200).acceptedPerSecond()).as("seed %d", seed).isGreaterThan(0.95 * 60);
		}
	}

	@Test
	void aLimitIsFoundAlsoWhileOthersAreThrottledByChance() throws Exception {
		Random random = new Random(1);
		SimulatedServer server = SimulatedServer.of(Counting.ADMITTED);
		SimulatedCalls calls = new SimulatedCalls(200, 64);

		calls.until(120, (second) -> random.nextDouble() >= 0.15 && server.admits(second, 60));

		assertThat(calls.between(30, 120).acceptedPerSecond()).isGreaterThan(0.75 * 60);
	}

	private static void assertShares(SimulatedCalls calls, double limit, Counting counting, double throttledAtMost,
			double usedAtLeast) throws InterruptedException {
		SimulatedServer server = SimulatedServer.of(counting);
		calls.until(180, (second) -> server.admits(second, limit));

		for (int from = 30; from < 180; from += 30) {
			Share share = calls.between(from, from + 30);
			assertThat(share.throttledPercent()).as("percent throttled from second %s on", from)
				.isLessThan(throttledAtMost);
			assertThat(100 * share.acceptedPerSecond() / limit).as("percent used from second %s on", from)
				.isGreaterThan(usedAtLeast);
		}
	}

}
