package io.jobaudit.progress;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Does something again and again; tests bring their own. */
interface Scheduler {

	/**
	 * Begins to.
	 * @param interval time before the first and between two times
	 * @return ends it
	 */
	Runnable every(Duration interval, Runnable action);

	/** In a thread of its own. */
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
