package io.jobaudit.progress;

import java.time.Duration;

import io.jobaudit.batch.RunFigures.Phase;

/** The progress of a run in a terminal's last line, gone when the run ends. */
final class ProgressLine implements ProgressDisplay {

	/** A shorter bar says nothing. */
	private static final int SHORTEST_BAR = 7;

	private final StatusLine line;

	private final ProgressBar bar;

	ProgressLine(StatusLine line) {
		this.line = line;
		this.bar = ProgressBar.on(line);
	}

	@Override
	public Duration interval() {
		return Duration.ofMillis(500);
	}

	@Override
	public void show(Progress progress) {
		this.line.show(text(progress, this.line.columns()));
	}

	@Override
	public void close() {
		this.line.show("");
	}

	/** A bar with all figures if there is room for it, otherwise the figures alone. */
	private String text(Progress progress, int columns) {
		if (progress.phase() != Phase.FETCH) {
			return cut(ProgressText.full(progress), columns);
		}
		String before = ProgressText.beforeBar(progress);
		String after = ProgressText.afterBar(progress);
		int room = columns - before.length() - after.length();
		if (room >= SHORTEST_BAR + ProgressBar.BRACKETS) {
			return before + this.bar.draw(progress.done(), progress.total(), room) + after;
		}
		String compact = ProgressText.compact(progress);
		return (compact.length() <= columns) ? compact : cut(ProgressText.tight(progress), columns);
	}

	private static String cut(String text, int columns) {
		return (text.length() <= columns) ? text : text.substring(0, columns);
	}

}
