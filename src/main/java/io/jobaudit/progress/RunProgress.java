package io.jobaudit.progress;

import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.jobaudit.Ticker;
import io.jobaudit.batch.RunEnding;
import io.jobaudit.batch.RunFigures;
import io.jobaudit.batch.RunObserver;
import io.jobaudit.ledger.AuditRun;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Shows the progress of a run until it ends, unless the log is quiet. */
final class RunProgress implements RunObserver {

	private static final Logger LOG = LoggerFactory.getLogger(RunProgress.class);

	/** A run whose progress is shown. */
	private record Watch(RunFigures figures, Pace pace, ProgressDisplay display, Map<String, String> context) {
	}

	private final Supplier<ProgressDisplay> displays;

	private final Scheduler scheduler;

	private final Ticker ticker;

	private @Nullable Watch watch;

	private Runnable stop = () -> {
	};

	/**
	 * Creates an observer that shows nothing yet.
	 * @param displays makes the display of a run
	 * @param scheduler updates the display
	 * @param ticker measures speed and time
	 */
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

}
