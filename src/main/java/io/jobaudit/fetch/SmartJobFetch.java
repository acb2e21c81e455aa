package io.jobaudit.fetch;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.fetch.api.CallListener;
import io.jobaudit.fetch.api.CredentialsException;
import io.jobaudit.fetch.api.CredentialsSource;
import io.jobaudit.fetch.api.ErrorClass;
import io.jobaudit.fetch.api.FatalAnswerException;
import io.jobaudit.fetch.api.JobRequest;
import io.jobaudit.fetch.api.ListFilter;
import io.jobaudit.fetch.api.Ticker;
import io.jobaudit.fetch.api.TimedApi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** The room's door: readers that fetch ahead, and what the API was asked for. */
public final class SmartJobFetch {

	private static final Logger LOG = LoggerFactory.getLogger(SmartJobFetch.class);

	private final ApiProperties properties;

	private final CredentialsSource credentials;

	private final RateLimiter limiter;

	private final TimedApi timed;

	private final RateLimitedApi api;

	private final RetryingFetcher fetcher;

	private final Ticker time;

	private final Clock clock;

	/** Set by the thread of the step, read by those that report progress. */
	private volatile ApiUsage begin = ApiUsage.NONE;

	private volatile boolean listedBefore;

	SmartJobFetch(ApiProperties properties, CredentialsSource credentials, RateLimiter limiter, TimedApi timed,
			RateLimitedApi api, RetryingFetcher fetcher, Ticker time, Clock clock) {
		this.properties = properties;
		this.credentials = credentials;
		this.limiter = limiter;
		this.timed = timed;
		this.api = api;
		this.fetcher = fetcher;
		this.time = time;
		this.clock = clock;
	}

	/**
	 * Asks for the credentials once, so that a run without any ends before its first
	 * call.
	 * @throws CredentialsException when there are none
	 */
	public void requireCredentials() {
		LOG.info("Signing with access key {}", this.credentials.get().accessKeyId());
	}

	/**
	 * Makes a reader.
	 * @param source the ids to ask about
	 * @param ahead ids that may be answered, or wait to be asked, beyond the calls in
	 * flight
	 * @param witness an id that was answered in an earlier run, so that an outage can be
	 * told from ids that are all bad
	 * @param then makes an item of an outcome, in the thread of its call
	 */
	public <T> FetchAheadReader<T> reader(ItemReader<PendingItem> source, int ahead, Optional<SmartJobId> witness,
			Function<FetchedJob, T> then) {
		witness.ifPresent(this.fetcher::useWitness);
		LOG.info("Fetching: {} calls in flight, {}", this.properties.concurrency(), this.fetcher);
		ExecutorService workers = Executors.newFixedThreadPool(this.properties.concurrency(), workersOfRun());
		int window = this.properties.concurrency() + ahead;
		return new FetchAheadReader<>(source, this.fetcher, then, workers, window, this.clock, this::begin);
	}

	/** Their log lines are the run's, as those of the thread that asks for them. */
	private static ThreadFactory workersOfRun() {
		Map<String, String> context = Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
		ThreadFactory threads = new CustomizableThreadFactory("fetch-");
		return (work) -> threads.newThread(() -> {
			MDC.setContextMap(context);
			work.run();
		});
	}

	/** The access key that calls are signed with. */
	public String accessKeyId() {
		return this.credentials.get().accessKeyId();
	}

	/**
	 * Asks once about an id that nobody has, to see whether calls are answered.
	 * @return what is wrong, empty when the API answers as it should
	 * @throws FatalAnswerException when no call can succeed
	 * @throws InterruptedException when interrupted
	 */
	public Optional<String> probe() throws InterruptedException {
		ApiAnswer answer = this.api.get(new JobRequest(new SmartJobId("0".repeat(32))));
		if (!(answer instanceof ApiError error) || error.errorClass() == ErrorClass.NOT_FOUND
				|| error.errorClass() == ErrorClass.REFUSED) {
			return Optional.empty();
		}
		if (error.errorClass() == ErrorClass.FATAL || error.errorClass() == ErrorClass.TOKEN) {
			throw new FatalAnswerException(JobRequest.ACTION, error);
		}
		return Optional.of("%s: %s".formatted(error.code(), error.message()));
	}

	/** Tells a listener of every call from now on, in place of the one before. */
	public void listen(CallListener listener) {
		this.timed.listen(listener);
	}

	/** Calls of this process that repeated an earlier one. */
	public long retries() {
		return this.fetcher.retries();
	}

	/** Time that calls of this process waited for their turns, added up. */
	public Duration waited() {
		return this.limiter.waited();
	}

	/** Lists the account's jobs. */
	public JobListing listing(ListFilter filter) {
		if (this.begin == ApiUsage.NONE) {
			this.begin = reading();
			this.listedBefore = true;
		}
		return new JobListing(this.fetcher, filter);
	}

	/**
	 * What the API was asked for since the last reader was opened; a list before the
	 * first one counts too.
	 */
	public ApiUsage usage() {
		ApiUsage since = this.begin;
		return reading().since(since);
	}

	/** Calls per second that are allowed at the moment, 0 for no limit. */
	public double currentRate() {
		double rate = this.limiter.currentRate();
		return Double.isInfinite(rate) ? 0 : rate;
	}

	private void begin() {
		this.begin = this.listedBefore ? this.begin : reading();
		this.listedBefore = false;
	}

	private ApiUsage reading() {
		return new ApiUsage(this.api.calls(), this.api.throttledCalls(), this.fetcher.retries(), this.limiter.waited(),
				Duration.ofNanos(this.time.now()));
	}

}
