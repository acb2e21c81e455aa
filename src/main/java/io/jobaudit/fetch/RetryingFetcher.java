package io.jobaudit.fetch;

import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

import io.jobaudit.SmartJobId;
import io.jobaudit.Ticker;
import io.jobaudit.fetch.Attempts.Decision;
import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ApiRequest;
import io.jobaudit.fetch.api.CredentialsSource.CredentialsException;
import io.jobaudit.fetch.api.ErrorClass;
import io.jobaudit.fetch.api.FatalAnswerException;
import io.jobaudit.fetch.api.JobRequest;
import io.jobaudit.fetch.api.ListRequest;
import io.jobaudit.fetch.api.ListRequest.ListAnswer;
import io.jobaudit.fetch.api.SmartJobApi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches an id until it has an outcome, and a page of the list until it arrives.
 * {@link Attempts} decides what follows an error of one id, the {@link ApiCircuitBreaker}
 * whether any id is called at all.
 */
final class RetryingFetcher {

	private static final Logger LOG = LoggerFactory.getLogger(RetryingFetcher.class);

	/** Errors that show that the API is healthy, an answer about the id. */
	private static final Set<ErrorClass> ANSWERED = EnumSet.of(ErrorClass.NOT_FOUND, ErrorClass.REFUSED,
			ErrorClass.UNUSABLE);

	private final SmartJobApi api;

	private final ApiCircuitBreaker breaker;

	private final RetryProperties limits;

	private final ApiUsage.Counter counter;

	private final Ticker time;

	private final Clock clock;

	private final DoubleSupplier random;

	/**
	 * An id that was answered before, or a made-up one: any answer about it shows that
	 * the API is healthy.
	 */
	private volatile JobRequest canary = new JobRequest(new SmartJobId("0".repeat(32)));

	RetryingFetcher(SmartJobApi api, ApiCircuitBreaker breaker, RetryProperties limits, ApiUsage.Counter counter,
			Ticker time, Clock clock, DoubleSupplier random) {
		this.api = api;
		this.breaker = breaker;
		this.limits = limits;
		this.counter = counter;
		this.time = time;
		this.clock = clock;
		this.random = random;
	}

	/**
	 * Fetches an id until there is an outcome.
	 * @throws InterruptedException when the run stops
	 * @throws FatalAnswerException when no call can succeed
	 * @throws ApiOutageException when no id was decided for too long
	 * @throws CredentialsException when credentials are no longer available
	 */
	FetchedJob fetch(PendingItem item) throws InterruptedException {
		Attempts attempts = new Attempts(this.limits, this.breaker.health());
		ApiAnswer answer = settle(new JobRequest(item.id()), attempts);
		return FetchedJob.of(item, answer, attempts.calls(), this.clock.instant());
	}

	/**
	 * Fetches a page of the list until it arrives; throws as {@link #fetch}.
	 * @throws JobListing.ListingFailedException when the API answers, but not with the
	 * page
	 */
	ListAnswer list(ListRequest request) throws InterruptedException {
		ApiAnswer answer = settle(request, new Attempts(this.limits, this.breaker.health()));
		if (answer instanceof ApiError error) {
			throw new JobListing.ListingFailedException("the API does not return " + request + ": " + error.describe());
		}
		return (ListAnswer) answer;
	}

	/** Sets an id that was answered in an earlier run. */
	void useCanary(SmartJobId id) {
		this.canary = new JobRequest(id);
	}

	ApiUsage.Counter counter() {
		return this.counter;
	}

	/** Calls until there is an answer, or an error that no retry can fix. */
	private ApiAnswer settle(ApiRequest request, Attempts attempts) throws InterruptedException {
		while (true) {
			ApiAnswer answer = attempt(request, attempts, acquire(request, attempts));
			Decision decision = (answer instanceof ApiError error) ? attempts.after(error, this.breaker.health())
					: Decision.FINAL;
			if (decision == Decision.FINAL) {
				this.breaker.decided();
				return answer;
			}
			if (decision == Decision.WAIT) {
				this.breaker.open();
			}
			long bound = TimeUnit.NANOSECONDS.convert(this.limits.bound(attempts.retry()));
			this.time.sleepUntil(this.time.now() + (long) (this.random.getAsDouble() * bound));
		}
	}

	/**
	 * Waits until the request may be sent. While the breaker is open, the canary probes
	 * for an id that has failed before. A page of the list depends on no id: it is its
	 * own canary.
	 * @return whether the call is the breaker's probe
	 */
	private boolean acquire(ApiRequest request, Attempts attempts) throws InterruptedException {
		boolean probe = this.breaker.acquire();
		while (probe && attempts.calls() > 0 && request instanceof JobRequest) {
			attempt(this.canary, new Attempts(this.limits, this.breaker.health()), true);
			probe = this.breaker.acquire();
		}
		return probe;
	}

	/** Calls once, or twice when the security token has expired. */
	private ApiAnswer attempt(ApiRequest request, Attempts attempts, boolean probe) throws InterruptedException {
		ApiAnswer answer;
		try {
			answer = call(request, attempts);
			answer = (answer instanceof ApiError error && error.errorClass() == ErrorClass.TOKEN)
					? call(request, attempts) : answer;
		}
		catch (InterruptedException | RuntimeException ex) {
			this.breaker.release(probe);
			throw ex;
		}
		if (answer instanceof ApiError error && !ANSWERED.contains(error.errorClass())) {
			LOG.debug("{}: attempt {} failed: {} ({})", request, attempts.calls(), error.describe(), attempts);
			if (error.errorClass() == ErrorClass.FATAL || error.errorClass() == ErrorClass.TOKEN) {
				throw this.breaker.terminate(new FatalAnswerException(request.action(), error));
			}
			if (error.misdirected() && this.breaker.health().successes() == 0) {
				throw this.breaker.terminate(new ApiOutageException(error));
			}
			this.breaker.onFailure(error, probe, !(request instanceof JobRequest) || request.equals(this.canary));
		}
		else {
			this.canary = (request instanceof JobRequest job && !(answer instanceof ApiError)) ? job : this.canary;
			this.breaker.onSuccess();
		}
		return answer;
	}

	private ApiAnswer call(ApiRequest request, Attempts attempts) throws InterruptedException {
		if (attempts.calls() > 0) {
			this.counter.retried();
		}
		attempts.called();
		return this.api.get(request);
	}

	@Override
	public String toString() {
		return "retrying up to " + this.limits.maxRetries() + " times( " + this.api + " )";
	}

}
