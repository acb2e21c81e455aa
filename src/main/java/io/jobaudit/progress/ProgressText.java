package io.jobaudit.progress;

import java.time.Duration;
import java.util.Locale;

import io.jobaudit.progress.Pace.Progress;
import org.jspecify.annotations.Nullable;

/** The progress of a run as text, in several lengths. */
final class ProgressText {

	private ProgressText() {
	}

	/** All figures, for a log. */
	static String full(Progress progress) {
		return switch (progress.phase()) {
			case IMPORT -> "Importing: %s lines".formatted(count(progress.lines()));
			case FETCH -> "Fetching: %s (%d%%), %s, ETA %s".formatted(ratio(progress), percent(progress),
					speedAndTrouble(progress), eta(progress));
			case REPORT -> "Writing reports: %s ids, %s failed, %s unreadable".formatted(ratio(progress),
					count(progress.failed()), count(progress.unreadable()));
		};
	}

	/** Figures without a bar, for a terminal without room for one. */
	static String compact(Progress progress) {
		return "%s, %s, ETA %s".formatted(ratio(progress), speedAndTrouble(progress), eta(progress));
	}

	/** The same for a narrow terminal. */
	static String tight(Progress progress) {
		return "%d/%d %s/s %d failed %d unread. ETA %s".formatted(progress.done(), progress.total(), speed(progress),
				progress.failed(), progress.unreadable(), eta(progress));
	}

	/** Text left of the bar, of constant width. */
	static String beforeBar(Progress progress) {
		return "Fetching %3d%% ".formatted(percent(progress));
	}

	/** Text right of the bar. */
	static String afterBar(Progress progress) {
		return " %s (%s / ETA %s) %s".formatted(ratio(progress), duration(progress.elapsed()), eta(progress),
				speedAndTrouble(progress));
	}

	/** Such as {@code 18.9/20 calls/s, 3 failed, 1 unreadable}. */
	static String speedAndTrouble(Progress progress) {
		String slowed = progress.isSlowed() ? " (slowed to %s)".formatted(number(progress.allowed())) : "";
		return "%s calls/s%s, %s failed, %s unreadable".formatted(speed(progress), slowed, count(progress.failed()),
				count(progress.unreadable()));
	}

	private static String ratio(Progress progress) {
		return count(progress.done()) + "/" + count(progress.total());
	}

	private static String eta(Progress progress) {
		return duration(progress.eta());
	}

	private static String duration(@Nullable Duration time) {
		return (time == null) ? "unknown"
				: "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
	}

	private static long percent(Progress progress) {
		return (progress.total() > 0) ? Math.min(100, 100 * progress.done() / progress.total()) : 0;
	}

	private static String speed(Progress progress) {
		Double calls = progress.callsPerSecond();
		String now = (calls != null) ? String.format(Locale.ROOT, "%.1f", calls) : "?";
		return (progress.rate() > 0) ? now + "/" + number(progress.rate()) : now;
	}

	private static String number(double value) {
		return (value == Math.rint(value)) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
	}

	private static String count(long value) {
		return String.format(Locale.ROOT, "%,d", value);
	}

}
