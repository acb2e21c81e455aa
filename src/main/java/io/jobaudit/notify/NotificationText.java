package io.jobaudit.notify;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.Money;
import io.jobaudit.Outcome;
import io.jobaudit.PostgresText;
import io.jobaudit.ReportTexts;
import io.jobaudit.notify.Findings.Cost;
import io.jobaudit.notify.Findings.FailureKind;
import io.jobaudit.notify.Findings.PreviousList;
import io.jobaudit.notify.Findings.UnusualFigure;
import io.jobaudit.notify.RunNotification.NightFacts;
import io.jobaudit.notify.RunNotification.RunOrigin;

/** A notification as text that can be read in five seconds. */
final class NotificationText {

	private static final int MAX_KINDS = 10;

	private static final int MAX_CODES = 3;

	private NotificationText() {
	}

	static String headline(RunNotification notification) {
		NightFacts night = notification.origin().night();
		if (night != null) {
			return inert(ReportTexts.text("mail.night", night.night(), night.complete(), night.accounts(),
					meaning(notification.status())));
		}
		String run = (notification.run() != null) ? ReportTexts.text("mail.run", notification.run())
				: ReportTexts.text("mail.no-run");
		List<String> parts = new ArrayList<>();
		parts.add(ReportTexts.text("mail.headline", run, String.valueOf(notification.origin().account()),
				meaning(notification.status())));
		ClosingStatement statement = notification.statement();
		if (statement != null && statement.failedJobs() > 0) {
			parts.add(ReportTexts.text("mail.failed-jobs", statement.failedJobs()));
		}
		int kinds = (notification.findings() != null) ? notification.findings().newKinds().size() : 0;
		if (kinds > 0) {
			parts.add((kinds == 1) ? ReportTexts.text("mail.new-kind", kinds)
					: ReportTexts.text("mail.new-kinds", kinds));
		}
		return inert(String.join(", ", parts));
	}

	/** The verdict, then what explains it. */
	static List<String> lines(RunNotification notification) {
		List<String> lines = new ArrayList<>();
		lines.add(ReportTexts.text("mail.exit-code", notification.status().code(), meaning(notification.status())));
		if (notification.failure() != null) {
			lines.add(notification.failure());
		}
		NightFacts night = notification.origin().night();
		if (night != null) {
			lines.addAll(night.notComplete());
		}
		lines.add(origin(notification.origin()));
		ClosingStatement statement = notification.statement();
		Findings findings = notification.findings();
		if (statement != null) {
			lines.add(ReportTexts.text("mail.ids", statement.distinctIds(), sum(statement)));
			if (statement.malformed() > 0) {
				lines.add(ReportTexts.text("mail.malformed", statement.malformed()));
			}
			notification.otherLength().ifPresent((list) -> lines.add(length(list, statement.distinctIds())));
			lines.add(failedJobs(statement, (findings != null) ? findings.errorCodes() : Map.of()));
		}
		if (findings != null) {
			add(lines, findings);
		}
		else if (notification.lacksFindings()) {
			lines.add(ReportTexts.text("mail.findings-unknown"));
		}
		if (notification.reports() != null) {
			lines.add(ReportTexts.text("mail.reports", notification.reports().toAbsolutePath(),
					notification.origin().host()));
		}
		return lines.stream().map(NotificationText::inert).toList();
	}

	private static String origin(RunOrigin origin) {
		List<String> parts = new ArrayList<>();
		parts.add((origin.account() != null) ? ReportTexts.text("mail.origin", origin.host(), origin.account())
				: ReportTexts.text("mail.origin-night", origin.host()));
		if (origin.region() != null) {
			parts.add(ReportTexts.text("mail.region", origin.region()));
		}
		if (origin.duration() != null) {
			Duration time = origin.duration();
			parts.add(ReportTexts.text("mail.duration", time.toHours(), time.toMinutesPart(), time.toSecondsPart()));
		}
		return String.join(", ", parts);
	}

	private static void add(List<String> lines, Findings findings) {
		lines.addAll(kinds(findings.newKinds()));
		findings.unusual().stream().limit(MAX_KINDS).forEach((figure) -> lines.add(unusual(figure)));
		if (findings.expiringJobs() > 0) {
			lines.add(ReportTexts.text("mail.expiring-jobs", findings.expiringJobs()));
		}
		findings.budgets().forEach((budget) -> lines.add(budget.line()));
		Cost cost = findings.cost();
		lines.add(((cost.tokens() != null) ? ReportTexts.text("mail.tokens", cost.tokens())
				: ReportTexts.text("mail.no-tokens")) + ", "
				+ (cost.spend().isEmpty() ? ReportTexts.text("mail.no-spend")
						: ReportTexts.text("mail.spend", spend(cost.spend()))));
	}

	/** The lines about new kinds of failure. */
	static List<String> kinds(List<FailureKind> kinds) {
		List<String> lines = new ArrayList<>();
		kinds.stream()
			.limit(MAX_KINDS)
			.forEach((kind) -> lines
				.add(inert(ReportTexts.text("mail.kind", kind.jobType(), kind.errorCode(), kind.jobs()))));
		if (kinds.size() > MAX_KINDS) {
			lines.add(ReportTexts.text("mail.more-kinds", kinds.size() - MAX_KINDS));
		}
		return lines;
	}

	private static String unusual(UnusualFigure figure) {
		return figure.isRate()
				? ReportTexts.text("mail.unusual-rate", figure.jobType(), percent(figure.amount()),
						percent(figure.low()), percent(figure.high()))
				: ReportTexts.text("mail.unusual-tokens", figure.jobType(), figure.amount(), figure.low(),
						figure.high());
	}

	private static double percent(BigDecimal share) {
		return share.movePointRight(2).doubleValue();
	}

	private static String spend(Map<String, BigDecimal> exact) {
		return exact.entrySet().stream().map((amount) -> {
			BigDecimal spend = Money.rounded(amount.getValue(), amount.getKey());
			return String.format(Locale.ROOT, "%,." + spend.scale() + "f %s", spend, amount.getKey());
		}).collect(Collectors.joining(" + "));
	}

	private static String failedJobs(ClosingStatement statement, Map<String, Long> codes) {
		String failed = ReportTexts.text("mail.failed-jobs", statement.failedJobs());
		if (codes.isEmpty()) {
			return failed;
		}
		List<String> most = new ArrayList<>();
		codes.entrySet()
			.stream()
			.limit(MAX_CODES)
			.forEach((code) -> most.add(ReportTexts.text("mail.error-code", code.getKey(), code.getValue())));
		long others = codes.values().stream().skip(MAX_CODES).mapToLong(Long::longValue).sum();
		if (others > 0) {
			most.add(ReportTexts.text("mail.other-codes", others));
		}
		return failed + ": " + String.join(", ", most);
	}

	private static String length(PreviousList list, long ids) {
		return ReportTexts.text("mail.list-length", ids, list.distinct(), list.run(),
				Math.round(100.0 * (ids - list.distinct()) / list.distinct()));
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

	/** All of it for a reader of plain text. */
	static String text(RunNotification notification) {
		List<String> lines = new ArrayList<>(List.of(headline(notification)));
		lines.addAll(lines(notification));
		if (notification.origin().link() != null) {
			lines.add(notification.origin().link());
		}
		return String.join("\n", lines);
	}

	/** The meaning of an exit status, and whether to run again. */
	static String meaning(ExitStatus status) {
		return status.isRepeatable() ? status.meaning() + ", run again to resume" : status.meaning();
	}

	/** One line, short enough for a chat. */
	static String inert(String text) {
		String line = PostgresText.of(text)
			.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+", " ")
			.strip();
		return PostgresText.cut(line, 300);
	}

}
