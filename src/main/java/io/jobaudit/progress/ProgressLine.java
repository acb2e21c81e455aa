package io.jobaudit.progress;

import java.time.Duration;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar in a terminal's last line, gone when the run ends. */
final class ProgressLine implements ProgressDisplay {

	private final StatusLine line;

	private final ProgressRenderer renderer;

	private final ProgressBar bar;

	ProgressLine(StatusLine line, Progress begin) {
		this.line = line;
		this.renderer = new ProgressRenderer(style(line), begin);
		this.bar = ProgressBar.builder()
			.setTaskName("Fetching")
			.setInitialMax(-1)
			.setRenderer(this.renderer)
			.setConsumer(new OnLine(line))
			// It is refreshed with each look at the figures, not on its own.
			.setUpdateIntervalMillis(Integer.MAX_VALUE)
			.continuousUpdate()
			.clearDisplayOnFinish()
			.build();
	}

	private static ProgressBarStyle style(StatusLine line) {
		if (!line.canShow('█')) {
			return ProgressBarStyle.ASCII;
		}
		return line.hasColours() ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.UNICODE_BLOCK;
	}

	@Override
	public Duration interval() {
		return Duration.ofMillis(500);
	}

	@Override
	public void show(Progress progress) {
		this.renderer.show(progress);
		this.bar.maxHint((progress.total() > 0) ? progress.total() : -1);
		this.bar.stepTo(progress.done());
		this.bar.setExtraMessage(ProgressText.speedAndTrouble(progress));
		this.bar.refresh();
	}

	@Override
	public void close() {
		this.bar.close();
		this.line.show("");
	}

	/** Hands what is rendered to the line. */
	private record OnLine(StatusLine line) implements ProgressBarConsumer {

		@Override
		public int getMaxRenderedLength() {
			return this.line.columns();
		}

		@Override
		public void accept(String rendered) {
			this.line.show(rendered);
		}

		@Override
		public void clear() {
			this.line.show("");
		}

		@Override
		public void close() {
		}

	}

}
