package io.jobaudit.progress;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Runs an action at an interval; tests bring their own. */
interface Scheduler {

	/**
	 * Starts.
	 * @param interval time before the first run of the action, and between two
	 * @return stops it
	 */
	Runnable every(Duration interval, Runnable action);

	/** A scheduler with a thread of its own. */
	static Scheduler ofThread() {
		return (interval, action) -> {
			CustomizableThreadFactory threads = new CustomizableThreadFactory("progress-");
			threads.setDaemon(true);
			ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(threads);
			thread.scheduleAtFixedRate(action, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
			return thread::shutdownNow;
		};
	}

}
