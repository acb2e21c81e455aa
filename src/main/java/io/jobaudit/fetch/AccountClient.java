package io.jobaudit.fetch;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;

import io.jobaudit.Account;
import io.jobaudit.HttpProxy;
import io.jobaudit.OutageLog.Outage;
import io.jobaudit.SmartJobId;
import io.jobaudit.Ticker;
import io.jobaudit.fetch.api.Acs3Signer;
import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.fetch.api.CredentialsSource;
import io.jobaudit.fetch.api.CredentialsSource.CredentialsException;
import io.jobaudit.fetch.api.ErrorClass;
import io.jobaudit.fetch.api.FatalAnswerException;
import io.jobaudit.fetch.api.JobRequest;
import io.jobaudit.fetch.api.ListRequest.ListFilter;
import io.jobaudit.fetch.api.SignedHttpApi;
import io.jobaudit.fetch.api.TimedApi;
import io.jobaudit.fetch.api.TimedApi.CallListener;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Makes the calls for one account, with its own key, rate limit and circuit breaker. Each
 * reader and each listing counts its own calls.
 */
public final class AccountClient implements AutoCloseable {

	/**
	 * Limits on the calls of a process.
	 *
	 * @param gate checked before each call
	 * @param rate shared by all processes that call for the account; null if only one
	 * process calls
	 */
	public record Lane(CallGate gate, @Nullable SharedRate rate) {

		/** For a process that is the only one to call for its account. */
		public static final Lane ALONE = new Lane(CallGate.OPEN, null);

	}

	private static final Logger LOG = LoggerFactory.getLogger(AccountClient.class);

	private final Account account;

	private final ApiProperties properties;

	private final RetryProperties retry;

	private final CredentialsSource credentials;

	private final Clock clock;

	private final Ticker time;

	private final CloseableHttpClient http;

	private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1,
			new CustomizableThreadFactory("attempt-deadline-"));

	private final SignedHttpApi signed;

	private final TimedApi timed;

	private final CallPacer pacer;

	private final ApiCircuitBreaker breaker;

	private final List<ApiUsage.Counter> counters = new CopyOnWriteArrayList<>();

	AccountClient(Account account, ApiProperties properties, RetryProperties retry, CredentialsSource credentials,
			CallGate gate, CallPacer pacer, Ticker time, Clock clock) {
		this.account = account;
		this.properties = properties;
		this.retry = retry;
		this.credentials = credentials;
		this.pacer = pacer;
		this.time = time;
		this.clock = clock;
		this.http = HttpProxy.of(properties.proxy())
			.client(properties.connectTimeout(), properties.responseTimeout(), properties.concurrency(),
					gate::requireOpen);
		this.deadlines.setRemoveOnCancelPolicy(true);
		Acs3Signer signer = new Acs3Signer(clock, () -> UUID.randomUUID().toString());
		this.signed = new SignedHttpApi(this.http, this.deadlines, properties, signer, credentials, this.time);
		this.timed = new TimedApi(this.signed, this.time);
		this.breaker = new ApiCircuitBreaker(retry, properties.outagePatience(), this.time);
	}

	/** The account whose jobs it fetches. */
	public Account account() {
		return this.account;
	}

	/**
	 * Gets the credentials once, so that a run without any ends before its first call.
	 * @throws CredentialsException when there are none
	 */
	public void requireCredentials() {
		LOG.info("Signing with access key {}", accessKeyId());
	}

	/**
	 * Creates a reader.
	 * @param source the ids to fetch
	 * @param ahead ids that may be answered, or queued, beyond the calls in flight
	 * @param witness an id that was answered in an earlier run, so that an outage can be
	 * distinguished from a list of bad ids
	 * @param then turns an outcome into an item, in the thread of its call
	 * @param answered items that an earlier reader has made and that could not be
	 * written: they are returned again, and new ones are added; thread-safe
	 */
	public <T> FetchAheadReader<T> reader(ItemReader<PendingItem> source, int ahead, Optional<SmartJobId> witness,
			Function<FetchedJob, T> then, Map<SmartJobId, T> answered) {
		RetryingFetcher fetcher = fetcher();
		witness.ifPresent(fetcher::useCanary);
		LOG.info("Fetching from {}: {}, {} concurrent, {} retries", this.properties.target(), this.pacer,
				this.properties.concurrency(), this.retry.maxRetries());
		LOG.debug("Calls are {}", fetcher);
		ExecutorService workers = Executors.newFixedThreadPool(this.properties.concurrency(), workersOfRun());
		return new FetchAheadReader<>(source, fetcher, then, answered, workers, this.properties.concurrency() + ahead,
				this.clock);
	}

	/** Lists the account's jobs. */
	public JobListing listing(ListFilter filter) {
		return new JobListing(fetcher(), filter);
	}

	/** Retrying( rate-limited( timed( signed HTTP ) ) ), with a counter of its own. */
	private RetryingFetcher fetcher() {
		ApiUsage.Counter counter = new ApiUsage.Counter(this.time);
		this.counters.add(counter);
		return new RetryingFetcher(new RateLimitedApi(this.timed, this.pacer, counter, this.time), this.breaker,
				this.retry, counter, this.time, this.clock, () -> ThreadLocalRandom.current().nextDouble());
	}

	/**
	 * Creates threads with the logging context of the current thread, which names the
	 * run.
	 */
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
	 * @param dated receives the date of the answer, by the server's clock
	 * @return what is wrong; empty if calls are answered
	 * @throws FatalAnswerException when no call can succeed
	 */
	public Optional<String> probe(Consumer<Instant> dated) throws InterruptedException {
		ApiAnswer answer = this.timed.get(new JobRequest(new SmartJobId("0".repeat(32))));
		Instant date = this.signed.answeredAt();
		if (date != null) {
			dated.accept(date);
		}
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

	/** The outage of the API that all calls wait for; null when they do not. */
	public @Nullable Outage outage() {
		return this.breaker.outage();
	}

	/** The calls of all its readers and listings. */
	public ApiUsage usage() {
		return this.counters.stream().map(ApiUsage.Counter::usage).reduce(ApiUsage.NONE, ApiUsage::plus);
	}

	/** Calls per second that are currently allowed, 0 for no limit. */
	public double currentRate() {
		double rate = this.pacer.currentRate();
		return Double.isInfinite(rate) ? 0 : rate;
	}

	@Override
	public void close() {
		this.deadlines.shutdownNow();
		this.http.close(CloseMode.GRACEFUL);
	}

}
