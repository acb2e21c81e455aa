package io.jobaudit.simulator;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.jobaudit.Ticker;

/**
 * A clock that the test moves; it starts shortly before it overflows, as a real one may.
 */
final class HandClock implements Ticker {

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);

	@Override
	public long now() {
		return this.nanos.get();
	}

	void advance(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

	void advanceMillis(long millis) {
		advance(Duration.ofMillis(millis));
	}

}
