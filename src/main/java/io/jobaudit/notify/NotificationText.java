package io.jobaudit.notify;

import java.util.ArrayList;
import java.util.List;

import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.PostgresText;
import io.jobaudit.ReportTexts;
import io.jobaudit.notify.NewFailures.FailureKind;
import org.jspecify.annotations.Nullable;

/** A notification as text that can be read in five seconds. */
final class NotificationText {

	private static final int MAX_KINDS = 10;

	private NotificationText() {
	}

	static String headline(RunNotification notification) {
		String run = (notification.run() != null) ? ReportTexts.text("mail.run", notification.run())
				: ReportTexts.text("mail.no-run");
		List<String> parts = new ArrayList<>();
		parts.add(ReportTexts.text("mail.headline", run, notification.account(), meaning(notification.status())));
		ClosingStatement statement = notification.statement();
		if (statement != null && statement.failedJobs() > 0) {
			parts.add(ReportTexts.text("mail.failed-jobs", statement.failedJobs()));
		}
		if (notification.newKinds() != null && !notification.newKinds().isEmpty()) {
			int kinds = notification.newKinds().size();
			parts.add((kinds == 1) ? ReportTexts.text("mail.new-kind", kinds)
					: ReportTexts.text("mail.new-kinds", kinds));
		}
		return inert(String.join(", ", parts));
	}

	static List<String> lines(RunNotification notification) {
		List<String> lines = new ArrayList<>();
		lines.add(ReportTexts.text("mail.exit-code", notification.status().code(), meaning(notification.status())));
		if (notification.failure() != null) {
			lines.add(notification.failure());
		}
		ClosingStatement statement = notification.statement();
		if (statement != null) {
			lines.add(ReportTexts.text("mail.ids", statement.distinctIds(), sum(statement)));
			lines.add(ReportTexts.text("mail.failed-jobs", statement.failedJobs()));
		}
		addKinds(lines, notification.newKinds());
		if (notification.reports() != null) {
			lines.add(ReportTexts.text("mail.reports", notification.reports().toAbsolutePath()));
		}
		return lines.stream().map(NotificationText::inert).toList();
	}

	private static void addKinds(List<String> lines, @Nullable List<FailureKind> kinds) {
		if (kinds == null) {
			lines.add(ReportTexts.text("mail.kinds-unknown"));
			return;
		}
		kinds.stream()
			.limit(MAX_KINDS)
			.forEach((kind) -> lines.add(ReportTexts.text("mail.kind", kind.jobType(), kind.errorCode(), kind.jobs())));
		if (kinds.size() > MAX_KINDS) {
			lines.add(ReportTexts.text("mail.more-kinds", kinds.size() - MAX_KINDS));
		}
	}

	private static String sum(ClosingStatement statement) {
		List<String> parts = new ArrayList<>();
		for (Outcome outcome : Outcome.values()) {
			if (statement.count(outcome) > 0) {
				parts.add(count(outcome, statement.count(outcome)));
			}
		}
		if (statement.pending() > 0) {
			parts.add(ReportTexts.text("mail.pending", statement.pending()));
		}
		return parts.isEmpty() ? "0" : String.join(" + ", parts);
	}

	private static String count(Outcome outcome, long ids) {
		return switch (outcome) {
			case FETCHED -> ReportTexts.text("mail.fetched", ids);
			case UNCHANGED -> ReportTexts.text("mail.unchanged", ids);
			case NOT_FOUND -> ReportTexts.text("mail.not-found", ids);
			case EXPIRED -> ReportTexts.text("mail.expired", ids);
			case REFUSED -> ReportTexts.text("mail.refused", ids);
			case UNREADABLE -> ReportTexts.text("mail.unreadable", ids);
		};
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
		return PostgresText.cut(line, 300);
	}

}
