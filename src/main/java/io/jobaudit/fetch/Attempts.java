package io.jobaudit.fetch;

import io.jobaudit.fetch.ApiCircuitBreaker.Health;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ErrorClass;

/**
 * The calls made for one id, and what follows from each error. Faults and throttled
 * answers have retries of their own: <pre>
 * error                                        retries left  none left
 * NOT_FOUND, REFUSED, UNUSABLE, UNKNOWN        FINAL         FINAL
 * fault or throttled, no answer of the API
 *   to any call since the one before           RETRY         WAIT
 * fault, an outage has ended in this round     RETRY         RETRY, a new round of retries
 * fault, else, or in the last round            RETRY         FINAL
 * throttled                                    RETRY         RETRY, a new round of retries
 * throttled, in the last round                 RETRY         FINAL
 * </pre> {@code UNKNOWN} counts as a fault while the breaker is open. After {@code WAIT}
 * the API answers before the id is called again, so there is one in a round at most:
 * {@link RetryProperties#maxCalls} bounds the calls of an id.
 */
final class Attempts {

	/**
	 * What follows: the error is the id's outcome, or it is called again after a delay,
	 * or when the API has answered another call.
	 */
	enum Decision {

		FINAL, RETRY, WAIT

	}

	/** Errors of one kind. */
	private static final class Errors {

		private final int retries;

		private int used;

		private int round = 1;

		private Health before;

		private int outages;

		private Errors(int retries, Health now) {
			this.retries = retries;
			this.before = now;
			this.outages = now.outages();
		}

		private Decision decide(Health now, boolean onlyAfterOutage, int rounds) {
			boolean answered = now.successes() != this.before.successes();
			this.before = now;
			this.used++;
			if (this.used <= this.retries) {
				return Decision.RETRY;
			}
			if (!answered) {
				return Decision.WAIT;
			}
			if (this.round >= rounds || (onlyAfterOutage && now.outages() == this.outages)) {
				return Decision.FINAL;
			}
			this.round++;
			this.used = 0;
			this.outages = now.outages();
			return Decision.RETRY;
		}

	}

	private final Errors faults;

	private final Errors throttles;

	private Errors last;

	private int calls;

	Attempts(RetryProperties limits, Health now) {
		this.faults = new Errors(limits.maxRetries(), now);
		this.throttles = new Errors(limits.throttledMaxRetries(), now);
		this.last = this.faults;
	}

	void called() {
		this.calls++;
	}

	/** Calls made so far. */
	int calls() {
		return this.calls;
	}

	/** Decides by the table above; throttling that only a hint tells has one round. */
	Decision after(ApiError error, Health now) {
		boolean throttled = error.errorClass() == ErrorClass.THROTTLED;
		this.last = throttled ? this.throttles : this.faults;
		return switch (error.errorClass()) {
			case NOT_FOUND, REFUSED, UNUSABLE -> Decision.FINAL;
			case UNKNOWN -> now.open() ? this.last.decide(now, true, RetryProperties.ROUNDS) : Decision.FINAL;
			default -> this.last.decide(now, !throttled,
					(throttled && !error.isThrottlingByName()) ? 1 : RetryProperties.ROUNDS);
		};
	}

	/** Number of the next retry of its kind, from 1. */
	int retry() {
		return Math.max(1, this.last.used);
	}

	@Override
	public String toString() {
		return "fault %d in round %d, throttled %d in round %d".formatted(this.faults.used, this.faults.round,
				this.throttles.used, this.throttles.round);
	}

}
