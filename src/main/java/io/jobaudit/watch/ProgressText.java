package io.jobaudit.watch;

import java.time.Duration;
import java.util.Locale;

import io.jobaudit.batch.RunFigures.Phase;
import io.jobaudit.batch.RunFigures.Reading;
import io.jobaudit.fetch.Outcome;

/** A run's figures in words. */
final class ProgressText {

	private ProgressText() {
	}

	/** All of them, for the log. */
	static String line(Reading reading, Pace pace) {
		return switch (reading.phase()) {
			case IMPORT -> format("importing ids, %,d lines", reading.linesRead());
			case FETCH -> format("%,d/%,d ids, ", reading.decided(), reading.distinctIds()) + figures(reading, pace)
					+ ", " + left(reading, pace);
			case REPORT -> format("%,d/%,d ids, writing reports", reading.decided(), reading.distinctIds());
		};
	}

	/** Those that a progress bar does not show itself. */
	static String figures(Reading reading, Pace pace) {
		if (reading.phase() != Phase.FETCH) {
			return "";
		}
		String rate = (reading.configuredRate() == 0) ? "" : format("/%s", number(reading.configuredRate()));
		String slowed = (reading.configuredRate() > 0 && reading.currentRate() < 0.95 * reading.configuredRate())
				? format(", slowed to %s", number(reading.currentRate())) : "";
		return format("%s%s calls/s%s, %,d failed, %,d unreadable", number(pace.callsPerSecond()), rate, slowed,
				reading.failedJobs(), reading.count(Outcome.UNREADABLE));
	}

	private static String left(Reading reading, Pace pace) {
		return pace.left(reading.distinctIds() - reading.decided())
			.map((left) -> format("about %s left", time(left)))
			.orElse("time left unknown");
	}

	private static String time(Duration left) {
		return format("%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
	}

	private static String number(double number) {
		return format((number < 100) ? "%.1f" : "%,.0f", number);
	}

	private static String format(String format, Object... values) {
		return String.format(Locale.ROOT, format, values);
	}

}
