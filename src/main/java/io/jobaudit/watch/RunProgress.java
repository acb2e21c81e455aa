package io.jobaudit.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.jobaudit.batch.RunEnding;
import io.jobaudit.batch.RunFigures;
import io.jobaudit.batch.RunFigures.Reading;
import io.jobaudit.batch.RunObserver;
import io.jobaudit.ledger.AuditRun;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Shows again and again how far a run is, from its beginning to its end. */
final class RunProgress implements RunObserver {

	/** How often a terminal sees new figures. */
	private static final Duration ON_SCREEN = Duration.ofMillis(250);

	private final Function<AuditRun, ProgressDisplay> displays;

	private final Duration interval;

	private final Pace pace = new Pace();

	private @Nullable ScheduledExecutorService timer;

	private @Nullable ProgressDisplay display;

	RunProgress(Optional<Screen> screen, ProgressProperties properties) {
		this.displays = (run) -> screen.<ProgressDisplay>map((terminal) -> new BarDisplay(terminal, run.runId()))
			.orElseGet(LogDisplay::new);
		this.interval = screen.isPresent() ? ON_SCREEN : properties.interval();
	}

	@Override
	public void began(AuditRun run, RunFigures figures) {
		if (this.interval.isZero()) {
			return;
		}
		ProgressDisplay shown = this.displays.apply(run);
		CustomizableThreadFactory threads = new CustomizableThreadFactory("progress-");
		threads.setDaemon(true);
		this.display = shown;
		this.timer = Executors.newSingleThreadScheduledExecutor(threads);
		String runId = Long.toString(run.runId());
		this.timer.scheduleAtFixedRate(() -> show(runId, figures.read(), shown), this.interval.toMillis(),
				this.interval.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void show(String runId, Reading reading, ProgressDisplay shown) {
		MDC.put("run", runId);
		this.pace.note(reading, System.nanoTime());
		shown.show(reading, this.pace);
	}

	@Override
	public void ended(RunEnding ending) {
		if (this.timer != null) {
			this.timer.shutdownNow();
		}
		if (this.display != null) {
			this.display.close();
		}
	}

}
