package io.jobaudit.fetch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.jobaudit.Ticker;

/** Time that passes only when a test waits for it. */
final class SteppedTime implements Ticker {

	private final AtomicLong now = new AtomicLong();

	@Override
	public long now() {
		return this.now.get();
	}

	@Override
	public void sleepUntil(long instant) {
		this.now.accumulateAndGet(instant, Math::max);
	}

	void pass(Duration duration) {
		this.now.addAndGet(duration.toNanos());
	}

	Duration elapsed() {
		return Duration.ofNanos(this.now.get());
	}

}
