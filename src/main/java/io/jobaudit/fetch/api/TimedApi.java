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

	/** Is notified of every call to the API, including retries and probes. */
	@FunctionalInterface
	public interface CallListener {

		/**
		 * A call has ended. Called in the thread that made it; must not throw.
		 * @param result its result
		 * @param duration from sending to the complete answer, without the wait for a
		 * permit
		 */
		void called(CallClass result, Duration duration);

	}

	/**
	 * The result of a call, as it is counted: a job, the {@link ErrorClass}, or, where
	 * the run ended before the answer, {@code ABANDONED}.
	 */
	public enum CallClass {

		OK, THROTTLED, TRANSIENT, UNUSABLE, TOKEN, FATAL, NOT_FOUND, REFUSED, UNKNOWN, ABANDONED;

		static CallClass of(ApiAnswer answer) {
			return (answer instanceof ApiError error) ? valueOf(error.errorClass().name()) : OK;
		}

	}

}
