package io.jobaudit.fetch;

import java.util.concurrent.atomic.LongAdder;

import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ApiRequest;
import io.jobaudit.fetch.api.ErrorClass;
import io.jobaudit.fetch.api.SmartJobApi;

/** Every attempt acquires a permit; throttling slows all that follow. */
final class RateLimitedApi implements SmartJobApi {

	private final SmartJobApi delegate;

	private final RateLimiter limiter;

	private final LongAdder calls = new LongAdder();

	private final LongAdder throttled = new LongAdder();

	RateLimitedApi(SmartJobApi delegate, RateLimiter limiter) {
		this.delegate = delegate;
		this.limiter = limiter;
	}

	/** The limiter that every attempt takes a permit of. */
	RateLimiter limiter() {
		return this.limiter;
	}

	@Override
	public ApiAnswer get(ApiRequest request) throws InterruptedException {
		long sentAt = this.limiter.acquire();
		this.calls.increment();
		ApiAnswer answer = this.delegate.get(request);
		if (answer instanceof ApiError error && error.errorClass() == ErrorClass.THROTTLED) {
			this.throttled.increment();
			this.limiter.throttled(sentAt, error.hint());
		}
		else {
			this.limiter.accepted(sentAt);
		}
		return answer;
	}

	/** Calls sent so far. */
	long calls() {
		return this.calls.sum();
	}

	/** Calls answered with throttling so far. */
	long throttledCalls() {
		return this.throttled.sum();
	}

	@Override
	public String toString() {
		return this.limiter + "( " + this.delegate + " )";
	}

}
