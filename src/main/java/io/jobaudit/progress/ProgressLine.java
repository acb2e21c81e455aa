package io.jobaudit.progress;

import java.time.Duration;

import io.jobaudit.batch.RunFigures.Phase;
import io.jobaudit.progress.Pace.Progress;
import io.jobaudit.progress.RunProgress.ProgressDisplay;

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
		if (progress.now().phase() != Phase.FETCH || progress.now().outage() != null) {
			return cut(ProgressText.full(progress), columns);
		}
		String before = ProgressText.beforeBar(progress);
		String after = ProgressText.afterBar(progress);
		int room = columns - before.length() - after.length();
		if (room >= SHORTEST_BAR + ProgressBar.BRACKETS) {
			return before + this.bar.draw(progress.now().decided(), progress.now().distinctIds(), room) + after;
		}
		String compact = ProgressText.compact(progress);
		return (compact.length() <= columns) ? compact : cut(ProgressText.tight(progress), columns);
	}

	private static String cut(String text, int columns) {
		return (text.length() <= columns) ? text : text.substring(0, columns);
	}

	/** A bar that fills up, drawn in characters that the terminal can show. */
	private enum ProgressBar {

		ASCII("[", "]", "=", " "), BLOCKS("|", "|", "█", " ▏▎▍▌▋▊▉"),
		YELLOW_BLOCKS("\u001b[33m│", "│\u001b[0m", "█", " ▏▎▍▌▋▊▉");

		static final int BRACKETS = 2;

		private final String left;

		private final String right;

		private final String full;

		/** Characters that fill a column step by step. */
		private final String parts;

		ProgressBar(String left, String right, String full, String parts) {
			this.left = left;
			this.right = right;
			this.full = full;
			this.parts = parts;
		}

		static ProgressBar on(StatusLine line) {
			if (!line.canShow('█')) {
				return ASCII;
			}
			return line.hasColours() ? YELLOW_BLOCKS : BLOCKS;
		}

		/**
		 * Draws it.
		 * @param columns its width, brackets included
		 */
		String draw(long done, long total, int columns) {
			int length = columns - BRACKETS;
			double filled = (total > 0) ? Math.min(1, (double) done / total) * length : 0;
			int whole = (int) filled;
			StringBuilder bar = new StringBuilder(this.left).append(this.full.repeat(whole));
			if (whole < length) {
				bar.append(this.parts.charAt((int) ((filled - whole) * this.parts.length())));
				bar.append(" ".repeat(length - whole - 1));
			}
			return bar.append(this.right).toString();
		}

	}

}
