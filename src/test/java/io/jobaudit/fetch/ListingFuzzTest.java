package io.jobaudit.fetch;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.jobaudit.AuditException;
import io.jobaudit.Fuzz;
import io.jobaudit.Generated;
import io.jobaudit.Mutator;
import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiRequest;
import io.jobaudit.fetch.api.ListRequest;
import io.jobaudit.fetch.api.ListRequest.ListFilter;
import io.jobaudit.fetch.api.ListedJob;
import io.jobaudit.fetch.api.ReadBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** The account's list, whatever the API answers to the calls for its pages. */
@Tag("slow")
class ListingFuzzTest {

	private static final List<String> PIECES = List.of("{", "}", "[", "]", ":", ",", "\"NextToken\":\"t\",",
			"\"NextToken\":\"u\",", "\"NextToken\":null,", "\"TotalCount\":\"99\",", "\"TotalCount\":-1,",
			"\"JobId\":\"a-1\",", "\"JobId\":null,", "\"JobId\":7,", "\"\\u0000\"", "\"\\ud800\"", "\"SmartJobList\":[",
			"\"Code\":\"Throttling\",", "\"Code\":\"ServiceUnavailable\",", "\"Code\":\"Forbidden.RAM\",",
			"\"Message\":\"no\",", "2026-10-01T00:00:00Z", "+99999-01-01T00:00:00Z", "\"x\\ny,=1+1\"", "1e400", "null");

	private static final List<Integer> STATUSES = List.of(200, 200, 200, 200, 200, 200, 200, 200, 404, 429, 503);

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	@BeforeEach
	void logNothing() {
		List.of(JobListing.class, ApiCircuitBreaker.class)
			.forEach((type) -> this.logging.setLogLevel(type.getName(), LogLevel.OFF));
	}

	@AfterEach
	void logAgain() {
		List.of(JobListing.class, ApiCircuitBreaker.class)
			.forEach((type) -> this.logging.setLogLevel(type.getName(), null));
	}

	@Test
	void damagedPagesAreListedOrRefusedAndAlwaysEnd() {
		Mutator mutator = new Mutator(List.of(page(0, "\"t-1\"", "3"), page(2, "\"t-2\"", "\"3\""),
				page(2, "null", "4"), page(100, "null", "200"), page(1, "\"\"", "null")), PIECES);
		Fuzz.run("listing", (random) -> Given.of(random, mutator), ListingFuzzTest::takes);
	}

	private static boolean takes(Given given) {
		SteppedTime time = new SteppedTime();
		RetryProperties limits = new RetryProperties(2, Duration.ofMillis(200), Duration.ofSeconds(10), 2, 3);
		RetryingFetcher fetcher = new RetryingFetcher((request) -> given.answer(request, time),
				new ApiCircuitBreaker(limits, Duration.ofMinutes(1), time), limits, new ApiUsage.Counter(time), time,
				Clock.systemUTC(), () -> 0.5);
		JobListing listing = new JobListing(fetcher, ListFilter.ALL);
		List<ListedJob> jobs = new ArrayList<>();
		try {
			for (List<ListedJob> page = listing.nextPage(); page != null; page = listing.nextPage()) {
				jobs.addAll(page);
			}
		}
		catch (AuditException ex) {
			assertThat(ex.getMessage()).containsAnyOf(ListRequest.ACTION, "audit.api.outage-patience");
			return false;
		}
		for (ListedJob job : jobs) {
			String texts = job.jobId() + job.jobType() + job.state();
			assertThat(texts).doesNotContain("\0").hasSizeLessThanOrEqualTo(600);
			assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(texts)).as(texts).isTrue();
			assertThat(job.jobId()).isNotEmpty();
		}
		assertThat(listing.totalCount() == null || Objects.requireNonNull(listing.totalCount()) >= 0).isTrue();
		return true;
	}

	private static byte[] page(int jobs, String token, String total) {
		String list = IntStream.range(0, jobs)
			.mapToObj((i) -> """
					{"JobId":"a-%d","JobType":"ASR","JobState":"Finished","CreateTime":"2026-10-01T00:00:00Z"}"""
				.formatted(i))
			.collect(Collectors.joining(","));
		return "{\"RequestId\":\"r\",\"SmartJobList\":[%s],\"NextToken\":%s,\"TotalCount\":%s}"
			.formatted(list, token, total)
			.getBytes(StandardCharsets.UTF_8);
	}

	/** Answers that come one after the other, the last of them again and again. */
	private record Given(List<Integer> statuses, List<byte[]> bodies, int[] calls) {

		static Given of(Random random, Mutator mutator) {
			int pages = 1 + random.nextInt(3);
			return new Given(IntStream.range(0, pages).mapToObj((page) -> Generated.pick(random, STATUSES)).toList(),
					IntStream.range(0, pages).mapToObj((page) -> mutator.next(random)).toList(), new int[1]);
		}

		ApiAnswer answer(ApiRequest request, SteppedTime time) {
			time.pass(Duration.ofMillis(20));
			int number = Math.min(this.calls[0]++, this.bodies.size() - 1);
			assertThat(this.calls[0]).as("calls until the end").isLessThan(1000);
			return ReadBody.of(request, this.statuses.get(number), this.bodies.get(number));
		}

		@Override
		public String toString() {
			return this.statuses + " "
					+ this.bodies.stream().map(Mutator::shown).collect(Collectors.joining("\n--- next page\n"));
		}

	}

}
