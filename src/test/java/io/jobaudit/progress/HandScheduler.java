package io.jobaudit.progress;

import java.time.Duration;

import io.jobaudit.Ticker;
import io.jobaudit.progress.RunProgress.Scheduler;
import org.jspecify.annotations.Nullable;

/** Time that passes when a test says so. */
final class HandScheduler implements Scheduler, Ticker {

	private @Nullable Runnable action;

	private Duration interval = Duration.ZERO;

	private Duration now = Duration.ofDays(1);

	private Duration next = Duration.ZERO;

	@Override
	public Runnable every(Duration every, Runnable what) {
		this.interval = every;
		this.next = this.now.plus(every);
		this.action = what;
		return () -> this.action = null;
	}

	/** Time passes, and what is due is done in between. */
	void pass(Duration time) {
		Duration end = this.now.plus(time);
		while (this.action != null && this.next.compareTo(end) <= 0) {
			this.now = this.next;
			this.next = this.next.plus(this.interval);
			this.action.run();
		}
		this.now = end;
	}

	@Override
	public long now() {
		return this.now.toNanos();
	}

}
