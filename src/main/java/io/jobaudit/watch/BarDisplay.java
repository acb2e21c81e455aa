package io.jobaudit.watch;

import io.jobaudit.batch.RunFigures.Reading;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** One line on a terminal. */
final class BarDisplay implements ProgressDisplay {

	/** Where the bar goes, at the width that the terminal has at the moment. */
	private record Line(Screen screen) implements ProgressBarConsumer {

		@Override
		public int getMaxRenderedLength() {
			return this.screen.width() - 1;
		}

		@Override
		public void accept(String line) {
			this.screen.show(line);
		}

		@Override
		public void clear() {
			this.screen.clear();
		}

		@Override
		public void close() {
			this.screen.clear();
		}

	}

	private final ProgressBar bar;

	private volatile Pace pace = new Pace();

	BarDisplay(Screen screen, long runId) {
		this.bar = ProgressBar.builder()
			.setTaskName("Run " + runId)
			.setInitialMax(-1)
			.setStyle(ProgressBarStyle.ASCII)
			.setUpdateIntervalMillis(200)
			.continuousUpdate()
			.clearDisplayOnFinish()
			.setConsumer(new Line(screen))
			.setEtaFunction((state) -> this.pace.left(state.getMax() - state.getCurrent()))
			.build();
	}

	@Override
	public void show(Reading reading, Pace lately) {
		this.pace = lately;
		boolean counted = reading.distinctIds() > 0;
		this.bar.maxHint(counted ? reading.distinctIds() : -1);
		this.bar.stepTo(counted ? reading.decided() : reading.linesRead());
		this.bar.setExtraMessage(" " + switch (reading.phase()) {
			case IMPORT -> "importing ids";
			case FETCH -> ProgressText.figures(reading, lately);
			case REPORT -> "writing reports";
		});
	}

	@Override
	public void close() {
		this.bar.close();
	}

}
