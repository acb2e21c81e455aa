package io.jobaudit.fetch;

import java.time.Duration;

import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ErrorClass;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApiCircuitBreakerTest {

	private static final Duration MAX_DELAY = Duration.ofMillis(400);

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private static final ApiError FAULT = ApiError.transientFault(503, "ServiceUnavailable", "away", "");

	private static final ApiError THROTTLED = new ApiError(ErrorClass.THROTTLED, 400, "Throttling.User", "too often",
			"", Duration.ZERO);

	private final SteppedTime time = new SteppedTime();

	private final ApiCircuitBreaker breaker = new ApiCircuitBreaker(
			new RetryProperties(5, Duration.ofMillis(100), MAX_DELAY, 2, 20), PATIENCE, this.time);

	@Test
	void itBeginsOpenAndOneAnswerClosesIt() throws Exception {
		assertThat(this.breaker.acquire()).as("the first caller is the probe").isTrue();

		this.breaker.onSuccess();

		assertThat(this.breaker.acquire()).isFalse();
	}

	@Test
	void oneFailedProbeIsNoOutage() throws Exception {
		failProbe(true);
		this.breaker.onSuccess();

		assertThat(this.breaker.health().outages()).isZero();
	}

	@Test
	void failuresOfIdsAreNoOutageOrBadIdsWouldRenewEachOthersRetries() throws Exception {
		for (int i = 0; i < 3 * ApiCircuitBreaker.FAILURES_IN_A_ROW; i++) {
			failProbe(false);
		}
		this.breaker.onSuccess();

		assertThat(this.breaker.health().outages()).isZero();
	}

	@Test
	void aCanaryThatFailsForLongerThanAnyDelayIsAnOutage() throws Exception {
		failProbe(true);
		this.time.pass(MAX_DELAY.plusNanos(1));
		this.breaker.onSuccess();

		assertThat(this.breaker.health().outages()).isEqualTo(1);
	}

	@Test
	void manyFailuresInARowAreAnOutageWhenTheCanaryIsAmongThem() throws Exception {
		for (int i = 1; i < ApiCircuitBreaker.FAILURES_IN_A_ROW; i++) {
			this.breaker.onFailure(FAULT, false, false);
		}
		failProbe(true);
		this.breaker.onSuccess();
		assertThat(this.breaker.health().outages()).isEqualTo(1);

		this.breaker.onSuccess();
		assertThat(this.breaker.health().outages()).as("it ends once").isEqualTo(1);
	}

	@Test
	void failuresInARowOpenItAndAnAnswerBetweenThemDoesNot() throws Exception {
		this.breaker.onSuccess();
		for (int i = 1; i < ApiCircuitBreaker.FAILURES_IN_A_ROW; i++) {
			this.breaker.onFailure(FAULT, false, false);
		}
		this.breaker.onSuccess();
		this.breaker.onFailure(FAULT, false, false);
		assertThat(this.breaker.health().open()).isFalse();

		for (int i = 1; i < ApiCircuitBreaker.FAILURES_IN_A_ROW; i++) {
			this.breaker.onFailure(FAULT, false, false);
		}

		assertThat(this.breaker.health().open()).isTrue();
	}

	@Test
	void throttlingIsAnOutageOnceNoCallWasAnsweredForLongerThanAnyDelay() throws Exception {
		this.breaker.onSuccess();

		this.time.pass(MAX_DELAY.minusMillis(1));
		this.breaker.onFailure(THROTTLED, false, false);
		assertThat(this.breaker.health().open()).isFalse();

		this.time.pass(Duration.ofMillis(1));
		this.breaker.onFailure(THROTTLED, false, false);
		assertThat(this.breaker.health().open()).isTrue();
	}

	@Test
	void probesComeLessAndLessOften() throws Exception {
		for (int i = 0; i < 5; i++) {
			failProbe(true);
		}
		this.breaker.acquire();

		assertThat(this.time.elapsed()).isEqualTo(Duration.ofMillis(100 + 200 + 400 + 400 + 400));
	}

	@Test
	void patienceCountsFromTheLastDecidedIdAndNotFromTheLastAnswer() throws Exception {
		failProbe(false);
		this.time.pass(PATIENCE.minusSeconds(1));
		this.breaker.onSuccess();
		this.breaker.open();
		this.time.pass(Duration.ofSeconds(2));
		failProbe(true);

		assertThatThrownBy(() -> this.breaker.acquire()).isInstanceOf(ApiOutageException.class)
			.hasMessageContaining("PT10M");
	}

	@Test
	void aDecidedIdRestoresPatience() throws Exception {
		failProbe(false);
		this.time.pass(PATIENCE.minusSeconds(1));
		this.breaker.onSuccess();
		this.breaker.decided();
		this.breaker.open();
		this.time.pass(Duration.ofSeconds(2));
		failProbe(true);

		assertThat(this.breaker.acquire()).isTrue();
	}

	@Test
	void anApiThatAnswersProbesIsNotGivenUp() throws Exception {
		this.breaker.onFailure(FAULT, false, false);
		this.time.pass(PATIENCE.plusSeconds(1));

		assertThat(this.breaker.acquire()).as("no probe has failed").isTrue();
	}

	private void failProbe(boolean canary) throws InterruptedException {
		assertThat(this.breaker.acquire()).isTrue();
		this.breaker.onFailure(FAULT, true, canary);
	}

}
