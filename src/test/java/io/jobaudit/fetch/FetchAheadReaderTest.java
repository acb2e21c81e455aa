package io.jobaudit.fetch;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import io.jobaudit.Outcome;
import io.jobaudit.SmartJobId;
import io.jobaudit.Ticker;
import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiAnswer.JobAnswer;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ErrorClass;
import io.jobaudit.fetch.api.FatalAnswerException;
import io.jobaudit.fetch.api.SmartJobApi;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemReader;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class FetchAheadReaderTest {

	private static final ApiAnswer JOB = new JobAnswer(200, "r", JsonMapper.shared().createObjectNode(), false,
			List.of());

	private final Source source = new Source();

	private final Map<SmartJobId, FetchedJob> answered = new ConcurrentHashMap<>();

	@Test
	void everyIdIsReturnedOnce() throws Exception {
		this.source.add(1000);

		List<FetchedJob> jobs = readAll(reader((id) -> JOB, 8, 16));

		Set<Long> items = new HashSet<>(jobs.stream().map((job) -> job.item().itemNo()).toList());
		assertThat(jobs).hasSize(1000);
		assertThat(items).hasSize(1000);
	}

	@Test
	void whatAnEarlierReaderWasToldIsReturnedWithoutACall() throws Exception {
		this.source.add(1000);
		AtomicInteger calls = new AtomicInteger();
		SmartJobApi api = (request) -> {
			calls.incrementAndGet();
			return JOB;
		};
		FetchAheadReader<FetchedJob> first = reader(api, 8, 16);
		first.open(new ExecutionContext());
		FetchedJob written = Objects.requireNonNull(first.read());
		first.close();
		this.answered.remove(written.item().id());
		Awaitility.await().until(() -> calls.get() == 1 + this.answered.size());
		Map<SmartJobId, FetchedJob> before = Map.copyOf(this.answered);
		this.source.beginAgain();

		List<FetchedJob> jobs = readAll(reader(api, 8, 16));

		assertThat(jobs).hasSize(1000).containsAll(before.values());
		assertThat(calls).as("the written one is only asked because this source has it").hasValue(1000 + 1);
	}

	@Test
	void aSlowIdDelaysNoOther() throws Exception {
		this.source.add(100);
		CountDownLatch othersAreRead = new CountDownLatch(99);
		FetchAheadReader<FetchedJob> reader = reader((id) -> {
			// Not one of the first, which may be the probe that all others wait for.
			if (id.toString().equals("id-20")) {
				othersAreRead.await();
			}
			return JOB;
		}, 4, 8);
		reader.open(new ExecutionContext());

		List<FetchedJob> jobs = new ArrayList<>();
		for (FetchedJob job = reader.read(); job != null; job = reader.read()) {
			jobs.add(job);
			othersAreRead.countDown();
		}
		reader.close();

		assertThat(jobs).hasSize(100).last().extracting((job) -> job.item().id().value()).isEqualTo("id-20");
	}

	@Test
	void whatIsAnsweredDoesNotWaitForASlowId() throws Exception {
		this.source.add(10);
		CountDownLatch firstAreRead = new CountDownLatch(1);
		FetchAheadReader<FetchedJob> reader = reader((id) -> {
			if (id.toString().equals("id-9")) {
				firstAreRead.await();
			}
			return JOB;
		}, 4, 20);
		reader.open(new ExecutionContext());

		List<FetchedJob> first = reader.readSome(100, Duration.ofMillis(200));
		firstAreRead.countDown();
		List<FetchedJob> rest = reader.readSome(100, Duration.ofMinutes(1));

		assertThat(first).hasSize(9);
		assertThat(rest).hasSize(1);
		assertThat(reader.readSome(100, Duration.ZERO)).isNull();
		reader.close();
	}

	@Test
	void noListIsLongerThanAskedFor() throws Exception {
		this.source.add(10);
		FetchAheadReader<FetchedJob> reader = reader((id) -> JOB, 4, 20);
		reader.open(new ExecutionContext());

		List<Integer> sizes = new ArrayList<>();
		for (List<FetchedJob> some = reader.readSome(4, Duration.ofMinutes(1)); some != null; some = reader.readSome(4,
				Duration.ofMinutes(1))) {
			sizes.add(some.size());
		}
		reader.close();

		assertThat(sizes).containsExactly(4, 4, 2);
	}

	@Test
	void noMoreThanTheWindowIsTakenFromTheSource() throws Exception {
		this.source.add(100);
		FetchAheadReader<FetchedJob> reader = reader((id) -> JOB, 2, 10);
		reader.open(new ExecutionContext());

		reader.read();

		assertThat(this.source.taken).isEqualTo(10);
		reader.close();
	}

	@Test
	void noMoreCallsAreInFlightThanThereAreWorkers() throws Exception {
		this.source.add(200);
		AtomicInteger inFlight = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();

		readAll(reader((id) -> {
			most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
			Thread.yield();
			inFlight.decrementAndGet();
			return JOB;
		}, 3, 50));

		assertThat(most.get()).isLessThanOrEqualTo(3);
	}

	@Test
	void aJobStoredInAFinalStateIsNotAsked() throws Exception {
		this.source.add(new PendingItem(1, new SmartJobId("stored"), "{}", true, false));
		AtomicInteger calls = new AtomicInteger();

		List<FetchedJob> jobs = readAll(reader((id) -> {
			calls.incrementAndGet();
			return JOB;
		}, 2, 4));

		assertThat(jobs).extracting(FetchedJob::outcome).containsExactly(Outcome.UNCHANGED);
		assertThat(calls).hasValue(0);
	}

	@Test
	void afterAFailureWhatIsCompleteIsReturnedAndNoMoreCallsAreMade() throws Exception {
		this.source.add(1000);
		AtomicInteger calls = new AtomicInteger();
		FetchAheadReader<FetchedJob> reader = reader((id) -> {
			int call = calls.incrementAndGet();
			return (call == 20) ? new ApiError(ErrorClass.FATAL, 403, "Forbidden.RAM", "no", "", Duration.ZERO) : JOB;
		}, 1, 10);

		List<FetchedJob> jobs = readAll(reader);

		assertThat(jobs).hasSize(19);
		assertThat(calls).hasValue(20);
		assertThat(reader.failure()).isInstanceOf(FatalAnswerException.class).hasMessageContaining("ram-policy.json");
	}

	@RepeatedTest(20)
	void badIdsThatAreTheLastOnesAreNotTakenForAnOutageOfEachOther() throws Exception {
		this.source.add(20);
		FetchAheadReader<FetchedJob> reader = reader((id) -> (id.toString().compareTo("id-2") >= 0)
				? ApiError.transientFault(500, "InternalError", "always", "") : JOB, 8, 20);

		List<FetchedJob> jobs = readAll(reader);

		assertThat(jobs).filteredOn((job) -> job.outcome() == Outcome.UNREADABLE).hasSize(9);
		assertThat(jobs).filteredOn((job) -> job.outcome() == Outcome.FETCHED).hasSize(11);
	}

	@Test
	void afterAStopCallsInFlightAreKeptAndNothingMoreIsAsked() throws Exception {
		this.source.add(100);
		CountDownLatch inFlight = new CountDownLatch(1);
		CountDownLatch stopped = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		FetchAheadReader<FetchedJob> reader = reader((id) -> {
			if (calls.incrementAndGet() == 5) {
				inFlight.countDown();
				awaitUninterruptibly(stopped);
			}
			return JOB;
		}, 1, 20);
		Thread stopper = new Thread(() -> {
			awaitUninterruptibly(inFlight);
			reader.stop();
			stopped.countDown();
		});
		stopper.start();

		List<FetchedJob> jobs = readAll(reader);
		stopper.join();

		assertThat(jobs).hasSize(5);
		assertThat(calls).hasValue(5);
		assertThat(reader.failure()).isNull();
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		boolean interrupted = false;
		while (true) {
			try {
				latch.await();
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private FetchAheadReader<FetchedJob> reader(SmartJobApi api, int workers, int window) {
		RetryProperties limits = new RetryProperties(5, Duration.ofMillis(1), Duration.ofMillis(1), 2, 20);
		ApiCircuitBreaker breaker = new ApiCircuitBreaker(limits, Duration.ofMinutes(1), Ticker.SYSTEM);
		RetryingFetcher fetcher = new RetryingFetcher(api, breaker, limits, new ApiUsage.Counter(Ticker.SYSTEM),
				Ticker.SYSTEM, Clock.systemUTC(), () -> 0.5);
		ExecutorService threads = Executors.newFixedThreadPool(workers);
		return new FetchAheadReader<>(this.source, fetcher, (job) -> job, this.answered, threads, window,
				Clock.systemUTC());
	}

	private static List<FetchedJob> readAll(FetchAheadReader<FetchedJob> reader) throws Exception {
		List<FetchedJob> jobs = new ArrayList<>();
		reader.open(new ExecutionContext());
		for (FetchedJob job = reader.read(); job != null; job = reader.read()) {
			jobs.add(job);
		}
		reader.close();
		return jobs;
	}

	/** Ids in memory. */
	private static final class Source implements ItemReader<PendingItem> {

		private final List<PendingItem> items = new ArrayList<>();

		private int taken;

		void add(int count) {
			LongStream.rangeClosed(1, count)
				.forEach((n) -> add(new PendingItem(n, new SmartJobId("id-" + n), "{}", false, false)));
		}

		void beginAgain() {
			this.taken = 0;
		}

		void add(PendingItem item) {
			this.items.add(item);
		}

		@Override
		public @Nullable PendingItem read() {
			return (this.taken < this.items.size()) ? this.items.get(this.taken++) : null;
		}

	}

}
