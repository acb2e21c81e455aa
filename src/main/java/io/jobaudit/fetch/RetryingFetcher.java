package io.jobaudit.fetch;

import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

import io.jobaudit.Outcome;
import io.jobaudit.SmartJobId;
import io.jobaudit.Ticker;
import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ApiRequest;
import io.jobaudit.fetch.api.CredentialsException;
import io.jobaudit.fetch.api.ErrorClass;
import io.jobaudit.fetch.api.FatalAnswerException;
import io.jobaudit.fetch.api.JobAnswer;
import io.jobaudit.fetch.api.JobRequest;
import io.jobaudit.fetch.api.ListAnswer;
import io.jobaudit.fetch.api.ListRequest;
import io.jobaudit.fetch.api.SmartJobApi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches an id until it has an outcome, and a page of the list until it arrives. An id
 * counts as unreadable only when its own calls fail while others are answered; a failure
 * of all calls is left to the {@link OutageBreaker}.
 */
final class RetryingFetcher {

	private static final Logger LOG = LoggerFactory.getLogger(RetryingFetcher.class);

	/**
	 * A made-up id: as long as no id has been answered, any answer about this one shows
	 * that the API is healthy.
	 */
	private static final JobRequest NOBODY = new JobRequest(new SmartJobId("0".repeat(32)));

	private static final int ROUNDS_OF_THROTTLING = 3;

	private final SmartJobApi api;

	private final OutageBreaker breaker;

	private final RetryProperties limits;

	private final Ticker time;

	private final Clock clock;

	private final DoubleSupplier random;

	private final LongAdder retries = new LongAdder();

	/**
	 * An id that was answered before: a call about it shows whether the API is healthy.
	 */
	private volatile JobRequest witness = NOBODY;

	/**
	 * Creates a fetcher.
	 * @param api one attempt
	 * @param breaker holds all callers while none is answered
	 * @param limits retries and waits
	 * @param time waits
	 * @param clock dates the outcomes
	 * @param random uniform in [0, 1), for jitter
	 */
	RetryingFetcher(SmartJobApi api, OutageBreaker breaker, RetryProperties limits, Ticker time, Clock clock,
			DoubleSupplier random) {
		this.api = api;
		this.breaker = breaker;
		this.limits = limits;
		this.time = time;
		this.clock = clock;
		this.random = random;
	}

	/**
	 * Fetches an id until there is an outcome.
	 * @throws InterruptedException when the run stops
	 * @throws FatalAnswerException when no call can succeed
	 * @throws ApiOutageException when the API has answered no call for too long
	 * @throws CredentialsException when credentials are no longer available
	 */
	FetchedJob fetch(PendingItem item) throws InterruptedException {
		RetryBudget budget = new RetryBudget(this.limits, this.breaker.outages(), this.time.now());
		ApiAnswer answer = settle(new JobRequest(item.id()), budget);
		if (answer instanceof ApiError error) {
			return new FetchedJob.NotFetched(item, outcome(item, error), error, budget.attempts(),
					this.clock.instant());
		}
		return new FetchedJob.Found(item, (JobAnswer) answer, budget.attempts(), this.clock.instant());
	}

	/**
	 * Fetches a page of the list until it arrives.
	 * @throws InterruptedException when the run stops
	 * @throws FatalAnswerException when no call can succeed
	 * @throws ApiOutageException when the API has not answered for too long
	 * @throws CredentialsException when credentials are no longer available
	 * @throws ListingFailedException when the API answers, but not with the page
	 */
	ListAnswer list(ListRequest request) throws InterruptedException {
		RetryBudget budget = new RetryBudget(this.limits, this.breaker.outages(), this.time.now());
		ApiAnswer answer = settle(request, budget);
		if (answer instanceof ApiError error) {
			throw new ListingFailedException("the API does not return " + request + ": " + error.describe());
		}
		return (ListAnswer) answer;
	}

	/** Sets an id that was answered in an earlier run. */
	void useWitness(SmartJobId id) {
		this.witness = new JobRequest(id);
	}

	/** Retries after faults that an id has. */
	int maxRetries() {
		return this.limits.maxRetries();
	}

	/** Calls that repeated an earlier one. */
	long retries() {
		return this.retries.sum();
	}

	/** Calls until there is an answer, or an error that no retry can fix. */
	private ApiAnswer settle(ApiRequest request, RetryBudget budget) throws InterruptedException {
		boolean expired = false;
		while (true) {
			ApiAnswer answer = ask(request, budget);
			if (!(answer instanceof ApiError error)) {
				return answer;
			}
			boolean again = expired;
			expired = error.errorClass() == ErrorClass.TOKEN;
			if (expired && again) {
				throw this.breaker.end(new FatalAnswerException(request.action(), error));
			}
			if (expired) {
				continue;
			}
			LOG.debug("{}: attempt {} failed: {}", request, budget.attempts(), error.describe());
			if (isFinal(error, budget)) {
				return error;
			}
			backOff(error, budget);
		}
	}

	private ApiAnswer ask(ApiRequest request, RetryBudget budget) throws InterruptedException {
		boolean probe = this.breaker.enter();
		boolean askWitness = budget.isTouched() && !isOwnWitness(request);
		while (probe && askWitness) {
			ApiAnswer answer = attempt(this.witness, true);
			// An expired token has been renewed: the id's own call shows whether that
			// helped.
			askWitness = !(answer instanceof ApiError error && error.errorClass() == ErrorClass.TOKEN);
			probe = this.breaker.enter();
		}
		budget.attempted();
		if (budget.attempts() > 1) {
			this.retries.increment();
		}
		return attempt(request, probe);
	}

	private ApiAnswer attempt(ApiRequest request, boolean probe) throws InterruptedException {
		boolean reported = false;
		try {
			ApiAnswer answer = this.api.get(request);
			if (answer instanceof ApiError error && error.errorClass() == ErrorClass.FATAL) {
				throw this.breaker.end(new FatalAnswerException(request.action(), error));
			}
			reported = report(request, answer, probe);
			return answer;
		}
		finally {
			if (!reported) {
				this.breaker.leave(probe);
			}
		}
	}

	private boolean report(ApiRequest request, ApiAnswer answer, boolean probe) {
		ErrorClass errorClass = (answer instanceof ApiError error) ? error.errorClass() : null;
		if (errorClass == null || errorClass == ErrorClass.NOT_FOUND || errorClass == ErrorClass.REFUSED) {
			if (request instanceof JobRequest job) {
				this.witness = job;
			}
			this.breaker.well();
			return true;
		}
		if (errorClass == ErrorClass.UNUSABLE) {
			this.breaker.well();
			return true;
		}
		if (errorClass == ErrorClass.UNKNOWN) {
			this.breaker.unclear((ApiError) answer, probe);
			return true;
		}
		boolean failing = errorClass == ErrorClass.TRANSIENT || (errorClass == ErrorClass.THROTTLED && probe);
		if (failing) {
			this.breaker.ill((ApiError) answer, probe, isOwnWitness(request) || request.equals(this.witness));
		}
		else if (errorClass == ErrorClass.THROTTLED) {
			this.breaker.throttled((ApiError) answer);
		}
		return failing;
	}

	/** A page of the list depends on no input: when it fails, the API is failing. */
	private static boolean isOwnWitness(ApiRequest request) {
		return request instanceof ListRequest;
	}

	/** The outcome of an id after an error that no retry can fix. */
	private static Outcome outcome(PendingItem item, ApiError error) {
		return switch (error.errorClass()) {
			case NOT_FOUND -> item.storedOverAYear() ? Outcome.EXPIRED : Outcome.NOT_FOUND;
			case REFUSED, UNKNOWN -> Outcome.REFUSED;
			default -> Outcome.UNREADABLE;
		};
	}

	private boolean isFinal(ApiError error, RetryBudget budget) {
		return switch (error.errorClass()) {
			case NOT_FOUND, REFUSED, UNUSABLE -> true;
			case UNKNOWN -> !this.breaker.isHeld();
			case THROTTLED -> isThrottledForGood(error, budget);
			default -> isFaultyForGood(error, budget);
		};
	}

	/**
	 * Throttling concerns the account: when retries do not help, all callers wait. Only
	 * when others are answered all the while does it concern the id, and sooner when only
	 * a hint made the error count as throttling.
	 */
	private boolean isThrottledForGood(ApiError error, RetryBudget budget) {
		budget.throttled(this.time.now());
		if (!budget.isThrottlesSpent()) {
			return false;
		}
		if (!this.breaker.wellSince(budget.previousThrottle())) {
			this.breaker.hold(error);
			budget.grantOneThrottle();
			return false;
		}
		budget.renewThrottles();
		return budget.throttleRounds() >= (error.isThrottlingByName() ? ROUNDS_OF_THROTTLING : 1);
	}

	private boolean isFaultyForGood(ApiError error, RetryBudget budget) {
		budget.faulted(this.time.now());
		if (!budget.isFaultsSpent()) {
			return false;
		}
		int outages = this.breaker.outages();
		if (budget.isBefore(outages)) {
			budget.renew(outages);
			return false;
		}
		if (this.breaker.wellSince(budget.previousFault())) {
			return true;
		}
		this.breaker.hold(error);
		budget.grantOne();
		return false;
	}

	private void backOff(ApiError error, RetryBudget budget) throws InterruptedException {
		long bound = this.limits.bound(budget.retry(error.errorClass())).toNanos();
		this.time.sleepUntil(this.time.now() + (long) (this.random.getAsDouble() * bound));
	}

	@Override
	public String toString() {
		return "retrying up to " + this.limits.maxRetries() + " times( " + this.api + " )";
	}

}
