package io.jobaudit.fetch;

import java.time.Duration;

import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ErrorClass;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OutageBreakerTest {

	private static final ApiError FAULT = ApiError.transientFault(503, "ServiceUnavailable", "away", "");

	private static final ApiError THROTTLED = new ApiError(ErrorClass.THROTTLED, 400, "Throttling.User", "too often",
			"", Duration.ZERO);

	private final SteppedTime time = new SteppedTime();

	private final OutageBreaker breaker = new OutageBreaker(
			new RetryProperties(5, Duration.ofMillis(100), Duration.ofMillis(400), 2, 20), Duration.ofMinutes(10),
			this.time);

	@Test
	void itBeginsHeldAndOneAnswerOpensIt() throws Exception {
		assertThat(this.breaker.enter()).as("the first caller is the probe").isTrue();

		this.breaker.well();

		assertThat(this.breaker.enter()).isFalse();
	}

	@Test
	void onlyAWitnessThatFailedProvesAnOutage() throws Exception {
		this.breaker.enter();
		this.breaker.ill(FAULT, true, false);
		this.breaker.well();
		assertThat(this.breaker.outages())
			.as("an id's own failure proves nothing, or bad ids renew each other's retries")
			.isZero();

		this.breaker.hold(FAULT);
		this.breaker.enter();
		this.breaker.ill(FAULT, true, true);
		this.breaker.well();
		assertThat(this.breaker.outages()).isEqualTo(1);
	}

	@Test
	void failuresInARowHoldAndAnAnswerBetweenThemDoesNot() throws Exception {
		this.breaker.enter();
		this.breaker.well();
		for (int i = 1; i < OutageBreaker.FAILURES_IN_A_ROW; i++) {
			this.breaker.ill(FAULT, false, false);
		}
		this.breaker.well();
		this.breaker.ill(FAULT, false, false);
		assertThat(this.breaker.isHeld()).isFalse();

		for (int i = 1; i < OutageBreaker.FAILURES_IN_A_ROW; i++) {
			this.breaker.ill(FAULT, false, false);
		}

		assertThat(this.breaker.isHeld()).isTrue();
	}

	@Test
	void throttlingIsAnOutageOnceNoCallWasAnsweredForLongerThanAnyWait() throws Exception {
		this.breaker.enter();
		this.breaker.well();

		this.time.pass(Duration.ofMillis(399));
		this.breaker.throttled(THROTTLED);
		assertThat(this.breaker.isHeld()).isFalse();

		this.time.pass(Duration.ofMillis(1));
		this.breaker.throttled(THROTTLED);
		assertThat(this.breaker.isHeld()).isTrue();
	}

	@Test
	void probesComeLessAndLessOften() throws Exception {
		for (int i = 0; i < 5; i++) {
			this.breaker.enter();
			this.breaker.ill(FAULT, true, true);
		}
		this.breaker.enter();

		assertThat(this.time.elapsed()).isEqualTo(Duration.ofMillis(100 + 200 + 400 + 400 + 400));
	}

}
