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
import io.jobaudit.Ticker;
import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.fetch.api.CredentialsSource;
import io.jobaudit.fetch.api.CredentialsSource.CredentialsException;
import io.jobaudit.fetch.api.ErrorClass;
import io.jobaudit.fetch.api.FatalAnswerException;
import io.jobaudit.fetch.api.JobRequest;
import io.jobaudit.fetch.api.ListRequest.ListFilter;
import io.jobaudit.fetch.api.TimedApi;
import io.jobaudit.fetch.api.TimedApi.CallListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** The package's entry point: readers that fetch ahead, and the API's usage. */
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

	SmartJobFetch(ApiProperties properties, CredentialsSource credentials, TimedApi timed, RateLimitedApi api,
			RetryingFetcher fetcher, Ticker time, Clock clock) {
		this.properties = properties;
		this.credentials = credentials;
		this.limiter = api.limiter();
		this.timed = timed;
		this.api = api;
		this.fetcher = fetcher;
		this.time = time;
		this.clock = clock;
	}

	/**
	 * Gets the credentials once, so that a run without any ends before its first call.
	 * @throws CredentialsException when there are none
	 */
	public void requireCredentials() {
		LOG.info("Signing with access key {}", this.credentials.get().accessKeyId());
	}

	/**
	 * Creates a reader.
	 * @param source the ids to fetch
	 * @param ahead ids that may be answered, or queued, beyond the calls in flight
	 * @param witness an id that was answered in an earlier run, so that an outage can be
	 * distinguished from a list of bad ids
	 * @param then turns an outcome into an item, in the thread of its call
	 */
	public <T> FetchAheadReader<T> reader(ItemReader<PendingItem> source, int ahead, Optional<SmartJobId> witness,
			Function<FetchedJob, T> then) {
		witness.ifPresent(this.fetcher::useCanary);
		LOG.info("Fetching from {}: {}, {} concurrent, {} retries", this.properties.target(), this.limiter,
				this.properties.concurrency(), this.fetcher.maxRetries());
		LOG.debug("Calls are {}", this.fetcher);
		ExecutorService workers = Executors.newFixedThreadPool(this.properties.concurrency(), workersOfRun());
		int window = this.properties.concurrency() + ahead;
		return new FetchAheadReader<>(source, this.fetcher, then, workers, window, this.clock, this::begin);
	}

	/** Their log lines belong to the run, like those of the thread that creates them. */
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
	 * Makes one call about a made-up id, to check that calls are answered.
	 * @return what is wrong; empty when nothing is
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

	/** Notifies a listener of every call from now on; it replaces the previous one. */
	public void listen(CallListener listener) {
		this.timed.listen(listener);
	}

	/** Calls of this process that repeated an earlier one. */
	public long retries() {
		return this.fetcher.retries();
	}

	/** Time that calls of this process waited for permits, summed over all calls. */
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
	 * Usage since the last reader was opened; a listing before the first one counts too.
	 */
	public ApiUsage usage() {
		ApiUsage since = this.begin;
		return reading().since(since);
	}

	/** Calls per second that are currently allowed, 0 for no limit. */
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
