package io.jobaudit.fetch;

import java.time.Duration;

import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.CallNotSentException;
import io.jobaudit.fetch.api.ErrorClass;
import io.jobaudit.fetch.api.JobRequest;
import io.jobaudit.fetch.api.SmartJobApi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RateLimitedApiTest {

	private static final JobRequest REQUEST = new JobRequest(new SmartJobId("id"));

	private final SteppedTime time = new SteppedTime();

	private final RateLimiter limiter = new RateLimiter(10, Duration.ofMinutes(10), this.time);

	private final ApiUsage.Counter first = new ApiUsage.Counter(this.time);

	private final ApiUsage.Counter second = new ApiUsage.Counter(this.time);

	@Test
	void eachReaderCountsItsOwnCallsAndWaits() throws Exception {
		SmartJobApi fetching = api(ErrorClass.NOT_FOUND, this.first);
		SmartJobApi listing = api(ErrorClass.THROTTLED, this.second);
		this.first.open();

		for (int call = 0; call < 10; call++) {
			fetching.get(REQUEST);
		}
		this.first.close();
		Duration fetched = this.time.elapsed();
		this.second.open();
		listing.get(REQUEST);

		assertThat(fetched).isBetween(Duration.ofMillis(800), Duration.ofMillis(900));
		assertThat(this.first.usage()).isEqualTo(new ApiUsage(10, 0, 0, fetched, fetched));
		assertThat(this.second.usage())
			.isEqualTo(new ApiUsage(1, 1, 0, this.time.elapsed().minus(fetched), this.time.elapsed().minus(fetched)));
	}

	@Test
	void aCallThatAStopPreventsIsNotCounted() throws Exception {
		SmartJobApi stopped = new RateLimitedApi((request) -> {
			throw new CallNotSentException(request);
		}, this.limiter, this.first, this.time);
		api(ErrorClass.NOT_FOUND, this.first).get(REQUEST);

		assertThatExceptionOfType(CallNotSentException.class).isThrownBy(() -> stopped.get(REQUEST));

		assertThat(this.first.usage().calls()).isEqualTo(1);
	}

	private SmartJobApi api(ErrorClass answer, ApiUsage.Counter counter) {
		return new RateLimitedApi((request) -> new ApiError(answer, 400, "Code", "as scripted", "", Duration.ZERO),
				this.limiter, counter, this.time);
	}

}
