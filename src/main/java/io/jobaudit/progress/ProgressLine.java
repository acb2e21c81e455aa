package io.jobaudit.progress;

import java.time.Duration;

import io.jobaudit.batch.RunFigures.Phase;

/** Shows the progress of a run in the last line of a terminal until the run ends. */
final class ProgressLine implements ProgressDisplay {

	/** A shorter bar is of no use. */
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

	/** A bar with all figures if there is room for it, otherwise only the figures. */
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
