package io.jobaudit.fetch.api;

import java.time.Duration;

/** Is notified of every call to the API, including retries and probes. */
@FunctionalInterface
public interface CallListener {

	/**
	 * A call has ended. Called in the thread that made it; must not throw.
	 * @param result its result
	 * @param duration from sending to the complete answer, without the wait for a permit
	 */
	void called(CallClass result, Duration duration);

}
