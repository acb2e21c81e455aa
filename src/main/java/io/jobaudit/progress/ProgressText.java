package io.jobaudit.progress;

import java.time.Duration;
import java.util.Locale;

import io.jobaudit.OutageLog.Outage;
import io.jobaudit.Outcome;
import io.jobaudit.batch.RunFigures.FileInProgress;
import io.jobaudit.batch.RunFigures.Reading;
import io.jobaudit.progress.Pace.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** The progress of a run as text, in several lengths. */
final class ProgressText {

	private ProgressText() {
	}

	/** All figures, for a log; during an outage, first what the run waits for. */
	static String full(Progress progress) {
		Outage outage = progress.now().outage();
		String waiting = (outage == null) ? ""
				: "Waiting for %s (%s). ".formatted(StringUtils.uncapitalize(outage.what()), duration(outage.time()));
		return waiting + switch (progress.now().phase()) {
			case IMPORT -> "Importing: %s lines".formatted(count(progress.now().linesRead()));
			case FETCH -> "Fetching: %s (%d%%), %s, ETA %s".formatted(ratio(progress), percent(progress),
					speedAndTrouble(progress), eta(progress));
			case REPORT -> "Writing %s, %s".formatted(report(progress), trouble(progress));
		};
	}

	/** Figures without a bar, for a terminal without room for one. */
	static String compact(Progress progress) {
		return "%s, %s, ETA %s".formatted(ratio(progress), speedAndTrouble(progress), eta(progress));
	}

	/** The same for a narrow terminal. */
	static String tight(Progress progress) {
		Reading now = progress.now();
		return "%d/%d %s/s %d failed %d unread. ETA %s".formatted(now.decided(), now.distinctIds(), speed(progress),
				now.failedJobs(), now.count(Outcome.UNREADABLE), eta(progress));
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
		String slowed = progress.isSlowed() ? " (slowed to %s)".formatted(number(progress.now().currentRate())) : "";
		return "%s calls/s%s, %s".formatted(speed(progress), slowed, trouble(progress));
	}

	private static String trouble(Progress progress) {
		return "%s failed, %s unreadable".formatted(count(progress.now().failedJobs()),
				count(progress.now().count(Outcome.UNREADABLE)));
	}

	/**
	 * The file with its rows; the jobs say how many rows a file of all jobs will have.
	 */
	private static String report(Progress progress) {
		FileInProgress file = progress.now().file();
		if (file == null) {
			return "reports: %s ids".formatted(ratio(progress));
		}
		return "%s: %s rows%s".formatted(file.name(), count(file.rows()),
				(file.jobs() > 0) ? " of %s jobs".formatted(count(file.jobs())) : "");
	}

	private static String ratio(Progress progress) {
		return count(progress.now().decided()) + "/" + count(progress.now().distinctIds());
	}

	private static String eta(Progress progress) {
		return duration(progress.eta());
	}

	private static String duration(@Nullable Duration time) {
		return (time == null) ? "unknown"
				: "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
	}

	private static long percent(Progress progress) {
		long total = progress.now().distinctIds();
		return (total > 0) ? Math.min(100, 100 * progress.now().decided() / total) : 0;
	}

	private static String speed(Progress progress) {
		Double calls = progress.callsPerSecond();
		String now = (calls != null) ? String.format(Locale.ROOT, "%.1f", calls) : "?";
		double rate = progress.now().configuredRate();
		return (rate > 0) ? now + "/" + number(rate) : now;
	}

	private static String number(double value) {
		return (value == Math.rint(value)) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
	}

	private static String count(long value) {
		return String.format(Locale.ROOT, "%,d", value);
	}

}
