package io.jobaudit.fetch.api;

import java.time.Duration;

import io.jobaudit.Ticker;

/** Reports the result and the duration of every attempt to a listener. */
public final class TimedApi implements SmartJobApi {

	private final SmartJobApi delegate;

	private final Ticker time;

	private volatile CallListener listener = (result, duration) -> {
	};

	public TimedApi(SmartJobApi delegate, Ticker time) {
		this.delegate = delegate;
		this.time = time;
	}

	public void listen(CallListener to) {
		this.listener = to;
	}

	@Override
	public ApiAnswer get(ApiRequest request) throws InterruptedException {
		long sentAt = this.time.now();
		CallClass result = CallClass.ABANDONED;
		try {
			ApiAnswer answer = this.delegate.get(request);
			result = CallClass.of(answer);
			return answer;
		}
		finally {
			this.listener.called(result, Duration.ofNanos(this.time.now() - sentAt));
		}
	}

	@Override
	public String toString() {
		return "timed( " + this.delegate + " )";
	}

}
