package io.jobaudit.fetch.api;

import java.time.Duration;

/** Hears of every call to the API, all attempts and probes. */
@FunctionalInterface
public interface CallListener {

	/**
	 * A call has come to its end. Called in the thread that made it; must not throw.
	 * @param result what it came to
	 * @param duration from sending to the whole answer, without the wait for its turn
	 */
	void called(CallClass result, Duration duration);

}
