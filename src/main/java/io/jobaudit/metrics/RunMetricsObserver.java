package io.jobaudit.metrics;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.jobaudit.batch.RunFigures;
import io.jobaudit.batch.RunObserver;
import io.jobaudit.batch.RunObserver.RunEnding;
import io.jobaudit.ledger.AuditRun;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Publishes the metrics of a run when it begins, while it runs and when it has ended. */
final class RunMetricsObserver implements RunObserver {

	private static final Logger LOG = LoggerFactory.getLogger(RunMetricsObserver.class);

	private final Supplier<RunMetricsPublisher> opening;

	private final Duration interval;

	private @Nullable RunMetricsPublisher run;

	private @Nullable ScheduledThreadPoolExecutor timer;

	/**
	 * Creates an observer.
	 * @param opening opens a publisher for the account of the settings
	 */
	RunMetricsObserver(Supplier<RunMetricsPublisher> opening, Duration interval) {
		this.opening = opening;
		this.interval = interval;
	}

	@Override
	public synchronized void began(AuditRun opened, RunFigures figures) {
		RunMetricsPublisher measured = this.opening.get();
		this.run = measured;
		measured.began(figures);
		CustomizableThreadFactory threads = new CustomizableThreadFactory("metrics-");
		threads.setDaemon(true);
		this.timer = new ScheduledThreadPoolExecutor(1, threads);
		long millis = TimeUnit.MILLISECONDS.convert(this.interval);
		this.timer.scheduleWithFixedDelay(() -> progress(measured), millis, millis, TimeUnit.MILLISECONDS);
	}

	@Override
	public synchronized void ended(RunEnding ending) {
		if (this.timer != null) {
			this.timer.shutdownNow();
		}
		RunMetricsPublisher measured = (this.run != null) ? this.run : this.opening.get();
		this.run = null;
		measured.ended(ending);
	}

	private synchronized void progress(RunMetricsPublisher measured) {
		try {
			if (measured == this.run) {
				measured.progress();
			}
		}
		catch (RuntimeException ex) {
			LOG.warn("Cannot publish the metrics of the run in progress", ex);
		}
	}

	@Override
	public String toString() {
		return "metrics";
	}

}
