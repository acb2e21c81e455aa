package io.jobaudit.fetch;

import java.util.OptionalLong;

import io.jobaudit.Ticker;
import io.jobaudit.fetch.RateLimiter.Permit;

/** Makes each caller wait for a permit, and for another one if the first has expired. */
abstract class PermitPacer implements CallPacer {

	final Ticker time;

	PermitPacer(Ticker time) {
		this.time = time;
	}

	@Override
	public final long acquire() throws InterruptedException {
		OptionalLong sentAt;
		do {
			Permit permit = nextPermit();
			this.time.sleepUntil(permit.instant());
			sentAt = begin(permit);
		}
		while (sentAt.isEmpty());
		return sentAt.getAsLong();
	}

	abstract Permit nextPermit();

	/**
	 * Uses a permit.
	 * @return the time of the call in nanoseconds of the ticker, empty if the permit has
	 * expired
	 */
	abstract OptionalLong begin(Permit permit);

}
