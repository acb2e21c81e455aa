package io.jobaudit.fetch;

import io.jobaudit.Ticker;
import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ApiRequest;
import io.jobaudit.fetch.api.CallNotSentException;
import io.jobaudit.fetch.api.ErrorClass;
import io.jobaudit.fetch.api.SmartJobApi;

/** Every attempt acquires a permit. Throttled answers slow down all later attempts. */
final class RateLimitedApi implements SmartJobApi {

	private final SmartJobApi delegate;

	private final CallPacer pacer;

	private final ApiUsage.Counter counter;

	private final Ticker time;

	RateLimitedApi(SmartJobApi delegate, CallPacer pacer, ApiUsage.Counter counter, Ticker time) {
		this.delegate = delegate;
		this.pacer = pacer;
		this.counter = counter;
		this.time = time;
	}

	@Override
	public ApiAnswer get(ApiRequest request) throws InterruptedException {
		long askedAt = this.time.now();
		long sentAt = this.pacer.acquire();
		this.counter.sent(sentAt - askedAt);
		ApiAnswer answer = answer(request);
		if (answer instanceof ApiError error && error.errorClass() == ErrorClass.THROTTLED) {
			this.counter.throttled();
			this.pacer.throttled(sentAt, error.hint());
		}
		else {
			this.pacer.accepted(sentAt);
		}
		return answer;
	}

	private ApiAnswer answer(ApiRequest request) throws InterruptedException {
		try {
			return this.delegate.get(request);
		}
		catch (CallNotSentException ex) {
			this.counter.notSent();
			throw ex;
		}
	}

	@Override
	public String toString() {
		return this.pacer + "( " + this.delegate + " )";
	}

}
