package io.jobaudit.progress;

import java.time.Duration;
import java.util.Optional;

import io.jobaudit.batch.RunFigures.Phase;
import me.tongfei.progressbar.DefaultProgressBarRenderer;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/** A bar with all figures where there is room for it, the figures alone where not. */
final class ProgressRenderer extends DefaultProgressBarRenderer {

	/** A shorter bar is none. */
	private static final int SHORTEST_BAR = 8;

	/** What the bar's renderer puts around bar, name, ids, ETA and message. */
	private static final int AROUND = " 100% || (0:00:00 / ETA ) ".length();

	private volatile Progress progress;

	ProgressRenderer(ProgressBarStyle style, Progress begin) {
		super(style, "", 1, false, null, null, true, (state) -> Optional.of(Duration.ZERO));
		this.progress = begin;
	}

	void show(Progress now) {
		this.progress = now;
	}

	@Override
	public String render(ProgressState state, int columns) {
		Progress now = this.progress;
		if (now.phase() != Phase.FETCH) {
			return cut(ProgressText.full(now), columns);
		}
		int needed = state.getTaskName().length() + ProgressText.ratio(now).length() + ProgressText.eta(now).length()
				+ state.getExtraMessage().length() + AROUND + SHORTEST_BAR;
		if (needed <= columns) {
			return super.render(state, columns);
		}
		String compact = ProgressText.compact(now);
		return (compact.length() <= columns) ? compact : cut(ProgressText.tight(now), columns);
	}

	@Override
	protected String ratio(ProgressState state) {
		return ProgressText.ratio(this.progress);
	}

	@Override
	protected String etaString(ProgressState state) {
		return "ETA " + ProgressText.eta(this.progress);
	}

	private static String cut(String text, int columns) {
		return (text.length() <= columns) ? text : text.substring(0, columns);
	}

}
