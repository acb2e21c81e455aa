package io.jobaudit.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.PostgresText;
import org.jspecify.annotations.Nullable;

/** A notification as text that can be read in five seconds. */
final class NotificationText {

	private static final int MAX_KINDS = 10;

	private static final int MAX_LENGTH = 300;

	private NotificationText() {
	}

	/** A summary in one line. */
	static String headline(RunNotification notification) {
		String run = (notification.run() != null) ? "run " + notification.run() : "run not opened";
		StringBuilder line = new StringBuilder(
				"job-audit: %s, account %s: %s".formatted(run, notification.account(), meaning(notification.status())));
		ClosingStatement statement = notification.statement();
		if (statement != null && statement.failedJobs() > 0) {
			line.append(", %,d failed jobs".formatted(statement.failedJobs()));
		}
		if (notification.newKinds() != null && !notification.newKinds().isEmpty()) {
			line.append(", %d new %s of failure".formatted(notification.newKinds().size(),
					(notification.newKinds().size() == 1) ? "kind" : "kinds"));
		}
		return inert(line.toString());
	}

	/** The details, one per line. */
	static List<String> lines(RunNotification notification) {
		List<String> lines = new ArrayList<>();
		lines.add("exit code %d: %s".formatted(notification.status().code(), meaning(notification.status())));
		if (notification.failure() != null) {
			lines.add(notification.failure());
		}
		ClosingStatement statement = notification.statement();
		if (statement != null) {
			lines.add("%,d ids = %s".formatted(statement.distinctIds(), sum(statement)));
			lines.add("%,d failed jobs".formatted(statement.failedJobs()));
		}
		addKinds(lines, notification.newKinds());
		if (notification.reports() != null) {
			lines.add("reports: " + notification.reports().toAbsolutePath());
		}
		return lines.stream().map(NotificationText::inert).toList();
	}

	private static void addKinds(List<String> lines, @Nullable List<FailureKind> kinds) {
		if (kinds == null) {
			lines.add("new kinds of failure are unknown, the database cannot be read");
			return;
		}
		kinds.stream()
			.limit(MAX_KINDS)
			.forEach((kind) -> lines
				.add("new: %s %s, %,d jobs".formatted(kind.jobType(), kind.errorCode(), kind.jobs())));
		if (kinds.size() > MAX_KINDS) {
			lines.add("and %d more new kinds".formatted(kinds.size() - MAX_KINDS));
		}
	}

	private static String sum(ClosingStatement statement) {
		List<String> parts = new ArrayList<>();
		for (Outcome outcome : Outcome.values()) {
			if (statement.count(outcome) > 0) {
				parts.add("%,d %s".formatted(statement.count(outcome),
						outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
			}
		}
		if (statement.pending() > 0) {
			parts.add("%,d pending".formatted(statement.pending()));
		}
		return parts.isEmpty() ? "0" : String.join(" + ", parts);
	}

	/** The meaning of an exit status, and whether to run again. */
	static String meaning(ExitStatus status) {
		return status.isRepeatable() ? status.meaning() + ", run again to resume" : status.meaning();
	}

	/** One line, short enough for a chat. */
	private static String inert(String text) {
		String line = PostgresText.of(text)
			.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+", " ")
			.strip();
		return PostgresText.cut(line, MAX_LENGTH);
	}

}
