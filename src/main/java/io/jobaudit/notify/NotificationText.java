package io.jobaudit.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.PostgresText;
import org.jspecify.annotations.Nullable;

/** News in words: for people who have five seconds. */
final class NotificationText {

	private static final int MAX_KINDS = 10;

	private static final int MAX_LENGTH = 300;

	private NotificationText() {
	}

	/** The whole in one line. */
	static String headline(RunNotification news) {
		String run = (news.run() != null) ? "run " + news.run() : "run not opened";
		StringBuilder line = new StringBuilder(
				"job-audit: %s of %s, %s".formatted(run, news.account(), meaning(news.status())));
		ClosingStatement statement = news.statement();
		if (statement != null && statement.failedJobs() > 0) {
			line.append(", %,d failed jobs".formatted(statement.failedJobs()));
		}
		if (news.newKinds() != null && !news.newKinds().isEmpty()) {
			line.append(", %d new %s of failure".formatted(news.newKinds().size(),
					(news.newKinds().size() == 1) ? "kind" : "kinds"));
		}
		return inert(line.toString());
	}

	/** The facts, one a line. */
	static List<String> lines(RunNotification news) {
		List<String> lines = new ArrayList<>();
		lines.add("exit code %d: %s".formatted(news.status().code(), meaning(news.status())));
		if (news.failure() != null) {
			lines.add(news.failure());
		}
		ClosingStatement statement = news.statement();
		if (statement != null) {
			lines.add("ids %,d = %s".formatted(statement.distinctIds(), sum(statement)));
			lines.add("failed jobs %,d".formatted(statement.failedJobs()));
		}
		addKinds(lines, news.newKinds());
		if (news.reports() != null) {
			lines.add("reports " + news.reports().toAbsolutePath());
		}
		return lines.stream().map(NotificationText::inert).toList();
	}

	private static void addKinds(List<String> lines, @Nullable List<FailureKind> kinds) {
		if (kinds == null) {
			lines.add("new kinds of failure are not known, the database did not tell");
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

	/** What an exit status says, and whether to run again. */
	static String meaning(ExitStatus status) {
		return status.isRepeatable() ? status.meaning() + ", run again to resume" : status.meaning();
	}

	/** One line, of a length that a chat takes. */
	private static String inert(String text) {
		String line = PostgresText.of(text)
			.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+", " ")
			.strip();
		return PostgresText.cut(line, MAX_LENGTH);
	}

}
