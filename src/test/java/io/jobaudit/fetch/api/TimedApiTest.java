package io.jobaudit.fetch.api;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

import io.jobaudit.SmartJobId;
import io.jobaudit.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TimedApiTest {

	private static final SmartJobId ID = new SmartJobId("job-1");

	private final Map<TimedApi.CallClass, Duration> heard = new EnumMap<>(TimedApi.CallClass.class);

	@ParameterizedTest
	@EnumSource(ErrorClass.class)
	void everyClassOfErrorIsOneOfCalls(ErrorClass errorClass) throws Exception {
		ApiError error = new ApiError(errorClass, 400, "Code", "message", "", Duration.ZERO);

		assertThat(timed((id) -> error).get(new JobRequest(ID))).isSameAs(error);

		assertThat(this.heard).containsOnlyKeys(TimedApi.CallClass.valueOf(errorClass.name()));
	}

	@Test
	void aCallThatIsNotWaitedForCountsAsAbandoned() {
		TimedApi timed = timed((id) -> {
			throw new InterruptedException("stop");
		});

		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> timed.get(new JobRequest(ID)));

		assertThat(this.heard).containsOnlyKeys(TimedApi.CallClass.ABANDONED);
	}

	@Test
	void thereIsNoClassWithoutCalls() {
		assertThat(Arrays.stream(TimedApi.CallClass.values()).map(Enum::name).toList())
			.hasSize(ErrorClass.values().length + 2)
			.contains("OK", "ABANDONED");
	}

	private TimedApi timed(SmartJobApi api) {
		TimedApi timed = new TimedApi(api, Ticker.SYSTEM);
		timed.listen(this.heard::put);
		return timed;
	}

}
