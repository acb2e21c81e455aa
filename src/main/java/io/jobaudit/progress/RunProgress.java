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

/** Shows how far a run is, until it ends; to nobody where the log is quiet. */
final class RunProgress implements RunObserver {

	private static final Logger LOG = LoggerFactory.getLogger(RunProgress.class);

	/** A run that is watched. */
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
	 * @param displays makes a display
	 * @param scheduler says when to look
	 * @param ticker times what is shown
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
		this.stop = this.scheduler.every(display.interval(), this::look);
	}

	/** The lock keeps a look that has begun from being seen after the end. */
	@Override
	public synchronized void ended(RunEnding ending) {
		this.stop.run();
		if (this.watch != null) {
			this.watch.display().close();
			this.watch = null;
		}
	}

	private synchronized void look() {
		if (this.watch != null) {
			MDC.setContextMap(this.watch.context());
			try {
				this.watch.display().show(this.watch.pace().at(this.ticker.now(), this.watch.figures().read()));
			}
			catch (RuntimeException ex) {
				LOG.debug("The run's figures cannot be shown now", ex);
			}
		}
	}

}
