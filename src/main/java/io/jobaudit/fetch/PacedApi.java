package io.jobaudit.fetch;

import java.util.concurrent.atomic.LongAdder;

import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ApiRequest;
import io.jobaudit.fetch.api.ErrorClass;
import io.jobaudit.fetch.api.SmartJobApi;

/** Every attempt waits for its turn; throttling slows all that follow. */
final class PacedApi implements SmartJobApi {

	private final SmartJobApi delegate;

	private final CallPacer pacer;

	private final LongAdder calls = new LongAdder();

	private final LongAdder throttled = new LongAdder();

	PacedApi(SmartJobApi delegate, CallPacer pacer) {
		this.delegate = delegate;
		this.pacer = pacer;
	}

	@Override
	public ApiAnswer get(ApiRequest request) throws InterruptedException {
		long sentAt = this.pacer.awaitTurn();
		this.calls.increment();
		ApiAnswer answer = this.delegate.get(request);
		if (answer instanceof ApiError error && error.errorClass() == ErrorClass.THROTTLED) {
			this.throttled.increment();
			this.pacer.throttled(sentAt, error.hint());
		}
		else {
			this.pacer.accepted(sentAt);
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
		return this.pacer + "( " + this.delegate + " )";
	}

}
