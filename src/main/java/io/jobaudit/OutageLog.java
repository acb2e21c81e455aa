package io.jobaudit;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Reports an outage when it begins, every minute, when it ends. Not thread-safe. */
public final class OutageLog {

	private final Logger log;

	private final String what;

	private final Ticker time;

	private @Nullable Long loggedAt;

	private @Nullable Long since;

	private boolean failing;

	/**
	 * Creates a log.
	 * @param what the part that fails, such as "The API"
	 */
	public OutageLog(Logger log, String what, Ticker time) {
		this.log = log;
		this.what = what;
		this.time = time;
	}

	/**
	 * Reports a failure, unless one was reported within the last minute.
	 * @param reason one line
	 */
	public void failed(String reason) {
		long now = this.time.now();
		this.since = (this.since != null) ? this.since : (Long) now;
		if (this.loggedAt == null || now - this.loggedAt >= Duration.ofMinutes(1).toNanos()) {
			this.log.warn("{} is unavailable, waiting for it: {}", this.what, reason);
			this.loggedAt = now;
			this.failing = true;
		}
	}

	/** The outage so far; null when there is none. */
	public @Nullable Outage outage() {
		return (this.since != null) ? new Outage(this.what, Duration.ofNanos(this.time.now() - this.since)) : null;
	}

	/** Reports the end of a reported outage. */
	public void answered() {
		this.since = null;
		if (this.failing) {
			this.log.info("{} is available again", this.what);
			this.failing = false;
		}
	}

	/** What fails, such as "The API", and for how long. */
	public record Outage(String what, Duration time) {
	}

}
