package io.jobaudit.progress;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.jobaudit.Ticker;
import io.jobaudit.batch.RunFigures;
import io.jobaudit.batch.RunObserver;
import io.jobaudit.batch.RunObserver.RunEnding;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.progress.Pace.Progress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Shows the progress of a run until it ends, unless the log is quiet. */
final class RunProgress implements RunObserver {

	private static final Logger LOG = LoggerFactory.getLogger(RunProgress.class);

	private record Watch(RunFigures figures, Pace pace, ProgressDisplay display, Map<String, String> context) {
	}

	private final Supplier<ProgressDisplay> displays;

	private final Scheduler scheduler;

	private final Ticker ticker;

	private @Nullable Watch watch;

	private Runnable stop = () -> {
	};

	RunProgress(Supplier<ProgressDisplay> displays, Scheduler scheduler, Ticker ticker) {
		this.displays = displays;
		this.scheduler = scheduler;
		this.ticker = ticker;
	}

	@Override
	public synchronized void began(AuditRun run, RunFigures figures) {
		if (!LOG.isInfoEnabled()) {
			return;
		}
		long now = this.ticker.now();
		Pace pace = new Pace(now);
		pace.at(now, figures.read());
		ProgressDisplay display = this.displays.get();
		this.watch = new Watch(figures, pace, display, Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of()));
		this.stop = this.scheduler.every(display.interval(), this::update);
	}

	/** The lock prevents a late update from being shown after the end. */
	@Override
	public synchronized void ended(RunEnding ending) {
		this.stop.run();
		if (this.watch != null) {
			this.watch.display().close();
			this.watch = null;
		}
	}

	private synchronized void update() {
		if (this.watch != null) {
			MDC.setContextMap(this.watch.context());
			try {
				this.watch.display().show(this.watch.pace().at(this.ticker.now(), this.watch.figures().read()));
			}
			catch (RuntimeException ex) {
				LOG.debug("Cannot show the progress of the run", ex);
			}
		}
	}

	/** Runs an action at an interval; tests bring their own. */
	interface Scheduler {

		/**
		 * Starts.
		 * @param interval time before the first run of the action, and between two
		 * @return stops it
		 */
		Runnable every(Duration interval, Runnable action);

		static Scheduler ofThread() {
			return (interval, action) -> {
				CustomizableThreadFactory threads = new CustomizableThreadFactory("progress-");
				threads.setDaemon(true);
				ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(threads);
				long millis = TimeUnit.MILLISECONDS.convert(interval);
				thread.scheduleAtFixedRate(action, millis, millis, TimeUnit.MILLISECONDS);
				return thread::shutdownNow;
			};
		}

	}

	/** Shows the progress of a run. */
	interface ProgressDisplay extends AutoCloseable {

		Duration interval();

		void show(Progress progress);

		@Override
		void close();

	}

}
