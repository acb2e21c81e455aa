package io.jobaudit.fetch;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.jobaudit.Outcome;
import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiAnswer.JobAnswer;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ApiRequest;
import io.jobaudit.fetch.api.ErrorClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** A million calls of an API that behaves by chance: each id ends within its bound. */
@ExtendWith(SilentBreaker.class)
class RandomApiTest {

	private static final int STEPS = 1_000_000;

	private static final ApiAnswer JOB = new JobAnswer(200, "r", JsonMapper.shared().createObjectNode(), false,
			List.of());

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private final Random random = new Random(7);

	private final SteppedTime time = new SteppedTime();

	private long steps;

	private int ownCalls;

	private String id = "";

	/** How the whole API behaves for a while. */
	private double faults;

	private double throttles;

	private double tokens;

	private double idFaults;

	private boolean lastWasToken;

	@Test
	void everyIdEndsWithinItsBoundWhateverTheApiDoes() throws Exception {
		RetryProperties limits = new RetryProperties(3, Duration.ofMillis(200), Duration.ofSeconds(10), 2, 4);
		Duration longest = PATIENCE.plus(limits.maxDelay().multipliedBy(2L * limits.maxCalls()));
		Map<String, Integer> ends = new TreeMap<>();
		while (this.steps < STEPS) {
			RetryingFetcher fetcher = fetcher(limits);
			String end = "";
			while (!end.equals("outage") && this.steps < STEPS) {
				change();
				Duration begin = this.time.elapsed();
				end = fetch(fetcher);
				ends.merge(end, 1, Integer::sum);
				assertThat(this.ownCalls).as("calls of %s", this.id).isLessThanOrEqualTo(limits.maxCalls());
				assertThat(this.time.elapsed().minus(begin)).as("time of %s", this.id).isLessThan(longest);
			}
		}
		assertThat(ends.keySet()).as("all ends were met: %s", ends)
			.containsExactlyInAnyOrder(Outcome.FETCHED.name(), Outcome.UNREADABLE.name(), Outcome.NOT_FOUND.name(),
					"outage");
	}

	private String fetch(RetryingFetcher fetcher) throws InterruptedException {
		this.ownCalls = 0;
		this.id = "id-" + this.steps;
		try {
			return fetcher.fetch(new PendingItem(1, new SmartJobId(this.id), "{}", false, false)).outcome().name();
		}
		catch (ApiOutageException ex) {
			return "outage";
		}
	}

	/**
	 * Now and then the API is well, flaps, or fails for long; an id may fail for ever.
	 */
	private void change() {
		if (this.random.nextInt(20) == 0) {
			this.faults = pick(0, 0, 0.1, 0.5, 0.9, 1);
			this.throttles = pick(0, 0, 0.2, 0.6, 1);
			this.tokens = pick(0, 0.2);
		}
		this.idFaults = pick(0, 0, 0, 0.5, 1);
	}

	private double pick(double... values) {
		return values[this.random.nextInt(values.length)];
	}

	private ApiAnswer answer(ApiRequest request) {
		this.steps++;
		this.time.pass(Duration.ofMillis(20));
		boolean own = request.toString().contains(this.id);
		if (!this.lastWasToken && this.random.nextDouble() < this.tokens) {
			this.lastWasToken = true;
			return error(ErrorClass.TOKEN, "InvalidSecurityToken.Expired");
		}
		this.lastWasToken = false;
		this.ownCalls += own ? 1 : 0;
		if (this.random.nextDouble() < this.throttles) {
			return error(ErrorClass.THROTTLED, this.random.nextBoolean() ? "Throttling" : "Hinted");
		}
		if (this.random.nextDouble() < (own ? Math.max(this.idFaults, this.faults) : this.faults)) {
			return error(ErrorClass.TRANSIENT, "InternalError");
		}
		return (this.random.nextInt(10) == 0) ? error(ErrorClass.NOT_FOUND, "ResourceNotFound") : JOB;
	}

	private RetryingFetcher fetcher(RetryProperties limits) {
		return new RetryingFetcher(this::answer, new ApiCircuitBreaker(limits, PATIENCE, this.time), limits,
				new ApiUsage.Counter(this.time), this.time, Clock.systemUTC(), this.random::nextDouble);
	}

	private static ApiError error(ErrorClass errorClass, String code) {
		return new ApiError(errorClass, 503, code, "by chance", "", Duration.ZERO);
	}

}
