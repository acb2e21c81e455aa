package io.jobaudit.fetch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.jobaudit.Ticker;
import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ApiRequest;
import io.jobaudit.fetch.api.ErrorClass;
import io.jobaudit.fetch.api.FatalAnswerException;
import io.jobaudit.fetch.api.ListRequest;
import io.jobaudit.fetch.api.ListRequest.ListAnswer;
import io.jobaudit.fetch.api.ListRequest.ListFilter;
import io.jobaudit.fetch.api.ListedJob;
import io.jobaudit.simulator.Fault;
import io.jobaudit.simulator.SimulatedJob;
import io.jobaudit.simulator.SimulatedJobs;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.Statistics;
import io.jobaudit.simulator.TestOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobListingTest {

	private static final Map<Fault, Double> FAULTS = Map.of(Fault.THROTTLE, 0.2, Fault.SERVER_ERROR, 0.2,
			Fault.ERROR_IN_200, 0.1, Fault.RESET, 0.1, Fault.CUT_BODY, 0.1);

	private static final Duration ATTEMPT = Duration.ofSeconds(10);

	@Test
	void everyJobIsListedOnceThroughThrottlingAndFaultsOldestFirst() throws Exception {
		List<String> ids = RealFetch.ids(1050);
		try (Simulator simulator = Simulator.start(options(ids).withFaults(FAULTS));
				RealFetch fetch = fetch(simulator)) {
			List<ListedJob> jobs = list(fetch.listing(ListFilter.ALL));

			assertThat(jobs).extracting(ListedJob::jobId).containsExactlyInAnyOrderElementsOf(ids);
			assertThat(jobs).extracting(ListedJob::createTime).isSorted();
			Statistics statistics = simulator.statistics();
			assertThat(statistics.listAnswers()).isEqualTo(11);
			assertThat(statistics.calls()).as("each fault costs one call, and no other is made")
				.isEqualTo(11 + statistics.faults().values().stream().mapToLong(Long::longValue).sum());
			assertThat(statistics.faults().get(Fault.THROTTLE)).isPositive();
			assertThat(statistics.faults().get(Fault.SERVER_ERROR)).isPositive();
			assertThat(statistics.replayedNonces()).isZero();
			assertThat(fetch.usage().calls()).isEqualTo(statistics.calls());
			assertThat(fetch.usage().throttled()).isEqualTo(statistics.faults().get(Fault.THROTTLE));
			assertThat(fetch.usage().retries()).isEqualTo(statistics.calls() - 11);
		}
	}

	@Test
	void theListSaysOfEachJobWhatIsTrueOfIt() throws Exception {
		List<String> ids = RealFetch.ids(100);
		try (Simulator simulator = Simulator.start(options(ids)); RealFetch fetch = fetch(simulator)) {
			List<ListedJob> jobs = list(fetch.listing(ListFilter.ALL));

			assertThat(jobs).containsExactlyInAnyOrderElementsOf(ids.stream().map(JobListingTest::listed).toList());
		}
	}

	@Test
	void filtersByTypeAndState() throws Exception {
		List<String> ids = RealFetch.ids(300);
		List<String> failedAsr = ids.stream().filter((id) -> {
			ListedJob job = listed(id);
			return "ASR".equals(job.jobType()) && "Failed".equals(job.state());
		}).toList();
		try (Simulator simulator = Simulator.start(options(ids)); RealFetch fetch = fetch(simulator)) {
			List<ListedJob> jobs = list(fetch.listing(new ListFilter("ASR", "Failed")));

			assertThat(failedAsr).hasSizeBetween(5, 50);
			assertThat(jobs).extracting(ListedJob::jobId).containsExactlyInAnyOrderElementsOf(failedAsr);
			assertThat(simulator.statistics().calls()).isOne();
		}
	}

	@Test
	void anAccountWithoutJobsIsAnEmptyList() throws Exception {
		try (Simulator simulator = Simulator.start(options(List.of())); RealFetch fetch = fetch(simulator)) {
			assertThat(list(fetch.listing(ListFilter.ALL))).isEmpty();
			assertThat(simulator.statistics().calls()).isOne();
		}
	}

	@Test
	void aListThatShiftsWhileItIsReadGivesEveryJobThatWasThereAtTheBegin() throws Exception {
		List<String> byAge = RealFetch.ids(151)
			.stream()
			.sorted((left, right) -> createTime(left).compareTo(createTime(right)))
			.toList();
		List<String> withoutOldest = byAge.subList(1, 151);
		try (Simulator simulator = Simulator.start(options(withoutOldest)); RealFetch fetch = fetch(simulator)) {
			JobListing listing = fetch.listing(ListFilter.ALL);
			List<ListedJob> jobs = new ArrayList<>(listing.nextPage());
			simulator.change((options) -> options.withListedJobs(byAge));
			jobs.addAll(list(listing));

			assertThat(jobs).as("one comes twice").hasSize(151);
			assertThat(new HashSet<>(jobs)).extracting(ListedJob::jobId)
				.containsExactlyInAnyOrderElementsOf(withoutOldest);
		}
	}

	@Test
	void listingAndFetchingShareOneRate() throws Exception {
		List<String> ids = RealFetch.ids(950);
		try (Simulator simulator = Simulator.start(options(ids));
				RealFetch fetch = new RealFetch(simulator.endpoint(), 40, 4, Duration.ofSeconds(20), ATTEMPT)) {
			CompletableFuture<List<ListedJob>> listing = CompletableFuture
				.supplyAsync(() -> list(fetch.listing(ListFilter.ALL)));
			fetch.run(ids.subList(0, 50));

			assertThat(listing.get()).hasSize(950);
			assertThat(simulator.statistics().calls()).isEqualTo(60);
			assertThat(simulator.statistics().maxCallsInAnySecond()).as("40, and what a busy machine moves")
				.isBetween(30, 55);
		}
	}

	@Test
	void anApiThatAnswersNoCallIsAnOutage() throws Exception {
		try (Simulator simulator = Simulator
			.start(TestOptions.withMaxFaultsInARow(options(RealFetch.ids(1)).withFaults(Map.of(Fault.HTML, 1.0)), 0));
				RealFetch fetch = new RealFetch(simulator.endpoint(), 0, 4, Duration.ofMillis(300))) {
			assertThatExceptionOfType(ApiOutageException.class).isThrownBy(() -> list(fetch.listing(ListFilter.ALL)));
		}
	}

	@Test
	void aWrongKeyEndsItWithinOneCallAndNamesTheAction() throws Exception {
		try (Simulator simulator = Simulator
			.start(TestOptions.withAccessKey(options(RealFetch.ids(1)), "other", "secret"));
				RealFetch fetch = fetch(simulator)) {
			assertThatExceptionOfType(FatalAnswerException.class).isThrownBy(() -> list(fetch.listing(ListFilter.ALL)))
				.withMessageContaining("InvalidAccessKeyId.NotFound");
			assertThat(simulator.statistics().calls()).isOne();
		}
		assertThatExceptionOfType(FatalAnswerException.class)
			.isThrownBy(() -> list(scripted((request) -> error(ErrorClass.FATAL, "Forbidden.RAM"))))
			.withMessageContaining("allow ice:ListSmartJobs to this key");
	}

	@Test
	void aListThatFailsAtItsBeginAsksForNothingElse() {
		List<ApiRequest> asked = new ArrayList<>();
		List<ApiAnswer> answers = new ArrayList<>(List.of(error(ErrorClass.TRANSIENT, "InternalError"),
				error(ErrorClass.THROTTLED, "Throttling.User"), page(null, 1L, "a")));

		List<ListedJob> jobs = list(scripted((request) -> {
			asked.add(request);
			return answers.remove(0);
		}));

		assertThat(jobs).extracting(ListedJob::jobId).containsExactly("a");
		assertThat(asked).as("a key may be allowed to list and nothing else")
			.hasSize(3)
			.containsOnly(ListRequest.first(new ListFilter("X", null)));
	}

	@Test
	void aTokenLeadsToTheNextPageWhateverItsSize() {
		List<Map<String, String>> queries = new ArrayList<>();

		List<ListedJob> jobs = list(scripted((request) -> {
			queries.add(request.query());
			return page((request.pageNo() < 3) ? "t" + request.pageNo() : null, null, "" + request.pageNo());
		}));

		assertThat(jobs).hasSize(3);
		assertThat(queries).extracting((query) -> query.get("NextToken")).containsExactly(null, "t1", "t2");
		assertThat(queries).allMatch((query) -> "100".equals(query.get("MaxResults")) && !query.containsKey("PageNo"));
	}

	@Test
	void aTokenThatExpiresIsRenewedOnce() {
		List<ApiAnswer> answers = new ArrayList<>(
				List.of(error(ErrorClass.TOKEN, "InvalidSecurityToken.Expired"), page(null, 1L, "a")));

		assertThat(list(scripted((request) -> answers.remove(0)))).extracting(ListedJob::jobId).containsExactly("a");
	}

	@Test
	void aTokenThatRepeatsEndsTheList() {
		List<String> tokens = List.of("t1", "t2", "t1", "t3");

		assertThatExceptionOfType(JobListing.ListingFailedException.class).isThrownBy(
				() -> list(scripted((request) -> page(tokens.get(request.pageNo() - 1), null, "" + request.pageNo()))))
			.withMessage(
					"ListSmartJobs type=X does not end: page 3 repeats an earlier NextToken;" + " 3 jobs were listed");
	}

	@Test
	void pagesThatBringNothingNewEndTheList() {
		assertThatExceptionOfType(JobListing.ListingFailedException.class)
			.isThrownBy(() -> list(scripted((request) -> page("t" + request.pageNo(), null, "a"))))
			.withMessageContaining("page 2 repeats the previous page");
		assertThatExceptionOfType(JobListing.ListingFailedException.class)
			.isThrownBy(() -> list(scripted((request) -> page("t" + request.pageNo(), null))))
			.withMessageContaining("the last 101 pages are empty");
	}

	@Test
	void withoutTokensThePagesAreNumberedUntilOneIsNotFull() {
		List<Map<String, String>> queries = new ArrayList<>();

		List<ListedJob> jobs = list(scripted((request) -> {
			queries.add(request.query());
			return (request.pageNo() < 3) ? full(request.pageNo()) : page(null, null, "last");
		}));

		assertThat(jobs).hasSize(201);
		assertThat(queries).containsExactly(Map.of("JobType", "X", "SortBy", "CreationTime:Asc", "MaxResults", "100"),
				Map.of("JobType", "X", "SortBy", "CreationTime:Asc", "PageSize", "100", "PageNo", "2"),
				Map.of("JobType", "X", "SortBy", "CreationTime:Asc", "PageSize", "100", "PageNo", "3"));
	}

	@Test
	void anErrorThatNoRetryHelpsIsReportedAndNotRepeated() {
		List<ListRequest> asked = new ArrayList<>();

		assertThatExceptionOfType(JobListing.ListingFailedException.class).isThrownBy(() -> list(scripted((request) -> {
			asked.add(request);
			return error(ErrorClass.REFUSED, "InvalidParameter.JobType");
		})))
			.withMessage("the API does not return page 1 of ListSmartJobs type=X:"
					+ " HTTP 400 InvalidParameter.JobType: as scripted");
		assertThat(asked).hasSize(1);
	}

	@Test
	void whoStopsDoesNotWaitForTheCall() throws Exception {
		CountDownLatch inFlight = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		JobListing listing = scripted((request) -> {
			inFlight.countDown();
			never.await();
			return page(null, null);
		});
		Thread stopper = new Thread(() -> {
			try {
				inFlight.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			listing.stop();
		});
		stopper.start();

		assertThatExceptionOfType(JobListing.ListingStoppedException.class).isThrownBy(listing::nextPage);
		assertThatExceptionOfType(JobListing.ListingStoppedException.class).isThrownBy(listing::nextPage);
		stopper.join();
	}

	private static SimulatorOptions options(List<String> ids) {
		return SimulatorOptions.defaults().withListedJobs(ids);
	}

	private static RealFetch fetch(Simulator simulator) {
		return new RealFetch(simulator.endpoint(), 0, 4, Duration.ofSeconds(20), ATTEMPT);
	}

	private interface Script {

		ApiAnswer answer(ListRequest request) throws InterruptedException;

	}

	private static JobListing scripted(Script script) {
		RetryProperties limits = new RetryProperties(5, Duration.ofMillis(1), Duration.ofMillis(2), 2, 20);
		ApiCircuitBreaker breaker = new ApiCircuitBreaker(limits, Duration.ofMillis(100), Ticker.SYSTEM);
		RetryingFetcher fetcher = new RetryingFetcher((request) -> script.answer((ListRequest) request), breaker,
				limits, new ApiUsage.Counter(Ticker.SYSTEM), Ticker.SYSTEM, Clock.systemUTC(), () -> 0.5);
		return new JobListing(fetcher, new ListFilter("X", null));
	}

	private static List<ListedJob> list(JobListing listing) {
		List<ListedJob> jobs = new ArrayList<>();
		for (List<ListedJob> page = listing.nextPage(); page != null; page = listing.nextPage()) {
			jobs.addAll(page);
		}
		return jobs;
	}

	private static ApiAnswer full(int pageNo) {
		return page(null, null, IntStream.range(0, 100).mapToObj((i) -> pageNo + "-" + i).toArray(String[]::new));
	}

	private static ListAnswer page(@Nullable String nextToken, @Nullable Long total, String... ids) {
		return new ListAnswer(List.of(ids).stream().map((id) -> new ListedJob(id, null, null, null)).toList(),
				nextToken, total);
	}

	private static ApiError error(ErrorClass errorClass, String code) {
		return new ApiError(errorClass, 400, code, "as scripted", "", Duration.ZERO);
	}

	private static ListedJob listed(String id) {
		SimulatedJob job = SimulatedJobs.of(id).orElseThrow();
		return new ListedJob(id, job.jobType(), job.state(), job.createTime());
	}

	private static Instant createTime(String id) {
		return SimulatedJobs.of(id).orElseThrow().createTime();
	}

}
