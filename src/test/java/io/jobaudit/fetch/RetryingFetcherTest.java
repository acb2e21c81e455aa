package io.jobaudit.fetch;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.jobaudit.Outcome;
import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiAnswer.JobAnswer;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ErrorClass;
import io.jobaudit.fetch.api.FatalAnswerException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The rules of retrying, on scripted answers and time that passes by itself. */
class RetryingFetcherTest {

	private static final ApiAnswer JOB = new JobAnswer(200, "r", JsonMapper.shared().createObjectNode(), false,
			List.of());

	private final SteppedTime time = new SteppedTime();

	private final List<String> asked = new ArrayList<>();

	private final Map<String, Integer> asks = new HashMap<>();

	@Test
	void aFaultIsRetriedUntilTheJobIsThere() throws Exception {
		RetryingFetcher fetcher = fetcher((n) -> (n <= 3) ? fault() : JOB);

		FetchedJob job = fetcher.fetch(item("a"));

		assertThat(job.outcome()).isEqualTo(Outcome.FETCHED);
		assertThat(job.attempts()).isEqualTo(4);
		assertThat(fetcher.counter().usage().retries()).isEqualTo(3);
	}

	@Test
	void waitsGrowWithFullJitterUpToTheirBound() throws Exception {
		RetryingFetcher fetcher = fetcher(Map.of("flaky", (n) -> (n <= 5) ? fault() : JOB));
		fetcher.fetch(item("good"));

		fetcher.fetch(item("flaky"));

		assertThat(this.time.elapsed()).as("half of 100, 200, 400, 400 and 400 ms, and 1 ms a call")
			.isEqualTo(Duration.ofMillis(750 + 7));
	}

	@Test
	void anIdThatFailsWhileOthersAreAnsweredIsUnreadable() throws Exception {
		RetryingFetcher fetcher = fetcher(Map.of("bad", (n) -> fault()));
		fetcher.fetch(item("good"));

		FetchedJob job = fetcher.fetch(item("bad"));

		assertThat(job.outcome()).isEqualTo(Outcome.UNREADABLE);
		assertThat(this.asks.get("good")).as("asked again to see whether the API is well").isEqualTo(2);
		assertThat(job.attempts()).isEqualTo(7);
	}

	@Test
	void anUnreadableAnswerConcernsTheIdAtOnceAndTheApiIsHealthy() throws Exception {
		RetryingFetcher fetcher = fetcher((id, n) -> error(ErrorClass.UNUSABLE, 200, "AnswerTooLarge"));
		for (int i = 0; i < 3 * ApiCircuitBreaker.FAILURES_IN_A_ROW; i++) {
			FetchedJob job = fetcher.fetch(item("large-" + i));

			assertThat(job.outcome()).isEqualTo(Outcome.UNREADABLE);
			assertThat(job.attempts()).isEqualTo(1);
		}
	}

	@Test
	void aLargeAnswerIsNoCanary() throws Exception {
		RetryingFetcher fetcher = fetcher(
				Map.of("bad", (n) -> fault(), "large", (n) -> error(ErrorClass.UNUSABLE, 200, "AnswerTooLarge")));
		fetcher.fetch(item("good"));
		fetcher.fetch(item("large"));

		fetcher.fetch(item("bad"));

		assertThat(this.asks.get("large")).isEqualTo(1);
	}

	@Test
	void anOutageMarksNoIdAndEndsTheRunWhenPatienceEnds() {
		RetryingFetcher fetcher = fetcher((n) -> fault());

		assertThatThrownBy(() -> fetcher.fetch(item("a"))).isInstanceOf(ApiOutageException.class)
			.hasMessageContaining("PT10M")
			.hasMessageContaining("ServiceUnavailable");
		assertThat(this.time.elapsed()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
	}

	@Test
	void anIdAnsweredInAnEarlierRunDistinguishesAnOutageFromBadIds() throws Exception {
		RetryingFetcher fetcher = fetcher(Map.of("bad", (n) -> fault()));
		fetcher.useCanary(new SmartJobId("good"));

		FetchedJob job = fetcher.fetch(item("bad"));

		assertThat(job.outcome()).isEqualTo(Outcome.UNREADABLE);
		assertThat(this.time.elapsed()).isLessThan(Duration.ofSeconds(10));
	}

	@Test
	void anIdThatMetAnOutageGetsAllItsRetriesAgain() throws Exception {
		Duration outage = Duration.ofSeconds(30);
		RetryingFetcher fetcher = fetcher((n) -> JOB);
		fetcher.fetch(item("good"));
		long ends = this.time.now() + outage.toNanos();
		int[] afterOutage = { 0 };
		RetryingFetcher late = fetcher(Map.of("good", (n) -> (n == 1 || this.time.now() >= ends) ? JOB : fault(),
				"late", (n) -> (this.time.now() < ends || afterOutage[0]++ < 5) ? fault() : JOB));
		this.asks.clear();
		late.fetch(item("good"));

		FetchedJob job = late.fetch(item("late"));

		assertThat(job.outcome()).isEqualTo(Outcome.FETCHED);
		assertThat(afterOutage[0]).isEqualTo(6);
	}

	@Test
	void throttlingNeverMakesAnIdUnreadable() throws Exception {
		RetryingFetcher fetcher = fetcher((n) -> (n <= 60) ? throttled() : JOB);

		assertThat(fetcher.fetch(item("a")).outcome()).isEqualTo(Outcome.FETCHED);
	}

	@Test
	void anIdThatAloneIsThrottledForEverIsUnreadable() throws Exception {
		RetryingFetcher fetcher = fetcher(Map.of("alone", (n) -> throttled(), "hinted",
				(n) -> new ApiError(ErrorClass.THROTTLED, 503, "ServiceUnavailable", "no", "", Duration.ofSeconds(1))));
		fetcher.fetch(item("good"));

		FetchedJob alone = fetcher.fetch(item("alone"));
		FetchedJob hinted = fetcher.fetch(item("hinted"));

		assertThat(alone.outcome()).isEqualTo(Outcome.UNREADABLE);
		assertThat(alone.attempts()).as("several rounds, because it may be the account's after all").isGreaterThan(60);
		assertThat(hinted.outcome()).isEqualTo(Outcome.UNREADABLE);
		assertThat(hinted.attempts()).isLessThan(60);
	}

	@Test
	void patienceCountsFromTheFirstFailure() throws Exception {
		RetryingFetcher fetcher = fetcher((n) -> (n == 1) ? fault() : JOB);
		this.time.pass(Duration.ofMinutes(11));

		assertThat(fetcher.fetch(item("a")).outcome()).isEqualTo(Outcome.FETCHED);
	}

	@Test
	void firstIdsThatAreAllBadDoNotHoldUpTheOthers() throws Exception {
		RetryingFetcher fetcher = fetcher(
				Map.of("bad", (n) -> fault(), "odd", (n) -> error(ErrorClass.UNKNOWN, 404, "JobNotExist")));

		FetchedJob odd = fetcher.fetch(item("odd"));
		FetchedJob bad = fetcher.fetch(item("bad"));

		assertThat(odd.outcome()).isEqualTo(Outcome.REFUSED);
		assertThat(bad.outcome()).isEqualTo(Outcome.UNREADABLE);
	}

	@Test
	void throttlingOfAllCallsEndsAsAnOutage() {
		RetryingFetcher fetcher = fetcher((n) -> throttled());

		assertThatThrownBy(() -> fetcher.fetch(item("a"))).isInstanceOf(ApiOutageException.class)
			.hasMessageContaining("Throttling.User");
	}

	@Test
	void aFatalAnswerStopsWithinOneCall() {
		RetryingFetcher fetcher = fetcher((n) -> error(ErrorClass.FATAL, 404, "InvalidAccessKeyId.NotFound"));

		assertThatThrownBy(() -> fetcher.fetch(item("a"))).isInstanceOf(FatalAnswerException.class)
			.hasMessageContaining("InvalidAccessKeyId.NotFound")
			.hasMessageContaining("check the access key");
		assertThat(this.asked).hasSize(1);
	}

	@Test
	void anExpiredTokenIsRetriedOnce() throws Exception {
		RetryingFetcher fetcher = fetcher((n) -> (n == 1) ? expired() : JOB);

		assertThat(fetcher.fetch(item("a")).outcome()).isEqualTo(Outcome.FETCHED);
		assertThat(this.asked).hasSize(2);
	}

	@Test
	void aTokenMayExpireAgainWhileAnIdIsRetried() throws Exception {
		RetryingFetcher fetcher = fetcher((n) -> (n == 4) ? JOB : (n == 2) ? fault() : expired());

		assertThat(fetcher.fetch(item("a")).outcome()).isEqualTo(Outcome.FETCHED);
	}

	@Test
	void aTokenThatExpiresWhenTheCanaryIsAskedCountsOnce() throws Exception {
		RetryingFetcher fetcher = fetcher(Map.of("good", (n) -> (n == 2) ? expired() : JOB, "late",
				(n) -> (n <= 7) ? (n == 7) ? expired() : fault() : JOB));
		fetcher.fetch(item("good"));

		FetchedJob job = fetcher.fetch(item("late"));

		assertThat(this.asked).as("the canary was asked").endsWith("late", "good", "good", "late", "late");
		assertThat(job.outcome()).isEqualTo(Outcome.FETCHED);
	}

	@Test
	void aTokenThatStaysExpiredIsFatal() {
		RetryingFetcher fetcher = fetcher((n) -> expired());

		assertThatThrownBy(() -> fetcher.fetch(item("a"))).isInstanceOf(FatalAnswerException.class);
		assertThat(this.asked).hasSize(2);
	}

	@Test
	void anUnknownIdIsExpiredOnlyWhenItWasStoredOverAYearAgo() throws Exception {
		RetryingFetcher fetcher = fetcher((n) -> error(ErrorClass.NOT_FOUND, 404, "ResourceNotFound"));

		FetchedJob never = fetcher.fetch(item("never"));
		FetchedJob old = fetcher.fetch(new PendingItem(2, new SmartJobId("old"), "{}", false, true));

		assertThat(never.outcome()).isEqualTo(Outcome.NOT_FOUND);
		assertThat(old.outcome()).isEqualTo(Outcome.EXPIRED);
		assertThat(this.asked).hasSize(2);
	}

	@Test
	void anUnknownRefusalOfOneIdIsThatIdsOutcome() throws Exception {
		RetryingFetcher fetcher = fetcher(Map.of("odd", (n) -> error(ErrorClass.UNKNOWN, 418, "Teapot")));
		fetcher.fetch(item("good"));

		FetchedJob job = fetcher.fetch(item("odd"));

		assertThat(job.outcome()).isEqualTo(Outcome.REFUSED);
		assertThat(job.attempts()).isEqualTo(1);
	}

	@Test
	void anUnknownRefusalOfAllCallsIsAnOutage() throws Exception {
		RetryingFetcher fetcher = fetcher((id, n) -> error(ErrorClass.UNKNOWN, 400, "Account.Arrears"));
		for (int i = 1; i < ApiCircuitBreaker.FAILURES_IN_A_ROW; i++) {
			assertThat(fetcher.fetch(item("id-" + i)).outcome()).isEqualTo(Outcome.REFUSED);
		}

		assertThatThrownBy(() -> fetcher.fetch(item("one-too-many"))).isInstanceOf(ApiOutageException.class)
			.hasMessageContaining("Account.Arrears");
	}

	private RetryingFetcher fetcher(Function<Integer, ApiAnswer> script) {
		return fetcher((id, n) -> script.apply(n));
	}

	/** Ids without a script are answered with a job. */
	private RetryingFetcher fetcher(Map<String, Function<Integer, ApiAnswer>> scripts) {
		return fetcher((id, n) -> scripts.getOrDefault(id, (any) -> JOB).apply(n));
	}

	private interface Script {

		ApiAnswer answer(String id, int n);

	}

	private RetryingFetcher fetcher(Script script) {
		RetryProperties limits = new RetryProperties(5, Duration.ofMillis(100), Duration.ofMillis(400), 2, 20);
		ApiCircuitBreaker breaker = new ApiCircuitBreaker(limits, Duration.ofMinutes(10), this.time);
		return new RetryingFetcher((id) -> {
			this.asked.add(id.toString());
			this.time.pass(Duration.ofMillis(1));
			return script.answer(id.toString(), this.asks.merge(id.toString(), 1, Integer::sum));
		}, breaker, limits, new ApiUsage.Counter(this.time), this.time, Clock.systemUTC(), () -> 0.5);
	}

	private static PendingItem item(String id) {
		return new PendingItem(1, new SmartJobId(id), "{}", false, false);
	}

	private static ApiError fault() {
		return error(ErrorClass.TRANSIENT, 503, "ServiceUnavailable");
	}

	private static ApiError throttled() {
		return error(ErrorClass.THROTTLED, 400, "Throttling.User");
	}

	private static ApiError expired() {
		return error(ErrorClass.TOKEN, 400, "InvalidSecurityToken.Expired");
	}

	private static ApiError error(ErrorClass errorClass, int status, String code) {
		return new ApiError(errorClass, status, code, "as scripted", "", Duration.ZERO);
	}

}
