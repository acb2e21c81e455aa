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

/** A notification as text that can be read in five seconds, in a language. */
record NotificationText(RunNotification notification, ReportTexts texts) {

	private static final int MAX_KINDS = 10;

	private static final int MAX_CODES = 3;

	String headline() {
		RunNotification about = this.notification;
		NightFacts night = about.origin().night();
		if (night != null) {
			return inert(this.texts.text("mail.night", night.night(), night.complete(), night.accounts(), meaning()));
		}
		String run = (about.run() != null) ? this.texts.text("mail.run", about.run()) : this.texts.text("mail.no-run");
		List<String> parts = new ArrayList<>();
		parts.add(this.texts.text("mail.headline", run, String.valueOf(about.origin().account()), meaning()));
		ClosingStatement statement = about.statement();
		if (statement != null && statement.failedJobs() > 0) {
			parts.add(this.texts.text("mail.failed-jobs", statement.failedJobs()));
		}
		int kinds = (about.findings() != null) ? about.findings().newKinds().size() : 0;
		if (kinds > 0) {
			parts
				.add((kinds == 1) ? this.texts.text("mail.new-kind", kinds) : this.texts.text("mail.new-kinds", kinds));
		}
		return inert(String.join(this.texts.text("text.comma"), parts));
	}

	/** The verdict, then what explains it. */
	List<String> lines() {
		RunNotification about = this.notification;
		List<String> lines = new ArrayList<>();
		lines.add(this.texts.text("mail.exit-code", about.status().code(), meaning()));
		if (about.failure() != null) {
			lines.add(about.failure());
		}
		NightFacts night = about.origin().night();
		if (night != null) {
			lines.addAll(night.notComplete());
		}
		lines.add(origin(about.origin()));
		ClosingStatement statement = about.statement();
		Findings findings = about.findings();
		if (statement != null) {
			lines.add(this.texts.text("mail.ids", statement.distinctIds(), sum(statement)));
			if (statement.malformed() > 0) {
				lines.add(this.texts.text("mail.malformed", statement.malformed()));
			}
			about.otherLength().ifPresent((list) -> lines.add(length(list, statement.distinctIds())));
			lines.add(failedJobs(statement, (findings != null) ? findings.errorCodes() : Map.of()));
		}
		if (findings != null) {
			add(lines, findings);
		}
		else if (about.lacksFindings()) {
			lines.add(this.texts.text("mail.findings-unknown"));
		}
		if (about.reports() != null) {
			lines.add(this.texts.text("mail.reports", about.reports().toAbsolutePath(), about.origin().host()));
		}
		return lines.stream().map(NotificationText::inert).toList();
	}

	private String origin(RunOrigin origin) {
		List<String> parts = new ArrayList<>();
		parts.add((origin.account() != null) ? this.texts.text("mail.origin", origin.host(), origin.account())
				: this.texts.text("mail.origin-night", origin.host()));
		if (origin.region() != null) {
			parts.add(this.texts.text("mail.region", origin.region()));
		}
		if (origin.duration() != null) {
			Duration time = origin.duration();
			parts.add(this.texts.text("mail.duration", time.toHours(), time.toMinutesPart(), time.toSecondsPart()));
		}
		return String.join(this.texts.text("text.comma"), parts);
	}

	private void add(List<String> lines, Findings findings) {
		lines.addAll(kinds(findings.newKinds()));
		findings.unusual().stream().limit(MAX_KINDS).forEach((figure) -> lines.add(unusual(figure)));
		if (findings.expiringJobs() > 0) {
			lines.add(this.texts.text("mail.expiring-jobs", findings.expiringJobs()));
		}
		findings.budgets().forEach((budget) -> lines.add(budget.line(this.texts)));
		Cost cost = findings.cost();
		lines.add(((cost.tokens() != null) ? this.texts.text("mail.tokens", cost.tokens())
				: this.texts.text("mail.no-tokens")) + this.texts.text("text.comma")
				+ (cost.spend().isEmpty() ? this.texts.text("mail.no-spend")
						: this.texts.text("mail.spend", spend(cost.spend()))));
	}

	/** The lines about new kinds of failure. */
	List<String> kinds(List<FailureKind> kinds) {
		List<String> lines = new ArrayList<>();
		kinds.stream()
			.limit(MAX_KINDS)
			.forEach((kind) -> lines.add(inert(this.texts.text("mail.kind", this.texts.nothing(kind.jobType()),
					this.texts.nothing(kind.errorCode()), kind.jobs()))));
		if (kinds.size() > MAX_KINDS) {
			lines.add(this.texts.text("mail.more-kinds", kinds.size() - MAX_KINDS));
		}
		return lines;
	}

	private String unusual(UnusualFigure figure) {
		return figure.isRate()
				? this.texts.text("mail.unusual-rate", this.texts.nothing(figure.jobType()), percent(figure.amount()),
						percent(figure.low()), percent(figure.high()))
				: this.texts.text("mail.unusual-tokens", this.texts.nothing(figure.jobType()), figure.amount(),
						figure.low(), figure.high());
	}

	private static double percent(BigDecimal share) {
		return share.movePointRight(2).doubleValue();
	}

	private static String spend(Map<String, BigDecimal> exact) {
		return exact.entrySet().stream().map((amount) -> {
			BigDecimal spend = Money.rounded(amount.getValue(), amount.getKey());
			return String.format(Locale.ROOT, "%s %,." + spend.scale() + "f", amount.getKey(), spend);
		}).collect(Collectors.joining(" + "));
	}

	private String failedJobs(ClosingStatement statement, Map<String, Long> codes) {
		String failed = this.texts.text("mail.failed-jobs", statement.failedJobs());
		if (codes.isEmpty()) {
			return failed;
		}
		List<String> most = new ArrayList<>();
		codes.entrySet()
			.stream()
			.limit(MAX_CODES)
			.forEach((code) -> most
				.add(this.texts.text("mail.error-code", this.texts.nothing(code.getKey()), code.getValue())));
		long others = codes.values().stream().skip(MAX_CODES).mapToLong(Long::longValue).sum();
		if (others > 0) {
			most.add(this.texts.text("mail.other-codes", others));
		}
		return failed + this.texts.text("text.colon") + String.join(this.texts.text("text.comma"), most);
	}

	private String length(PreviousList list, long ids) {
		return this.texts.text("mail.list-length", ids, list.distinct(), list.run(),
				Math.round(100.0 * (ids - list.distinct()) / list.distinct()));
	}

	private String sum(ClosingStatement statement) {
		List<String> parts = new ArrayList<>();
		for (Outcome outcome : Outcome.values()) {
			if (statement.count(outcome) > 0) {
				parts.add(count(outcome, statement.count(outcome)));
			}
		}
		if (statement.pending() > 0) {
			parts.add(this.texts.text("mail.pending", statement.pending()));
		}
		return parts.isEmpty() ? "0" : String.join(" + ", parts);
	}

	private String count(Outcome outcome, long ids) {
		return switch (outcome) {
			case FETCHED -> this.texts.text("mail.fetched", ids);
			case UNCHANGED -> this.texts.text("mail.unchanged", ids);
			case NOT_FOUND -> this.texts.text("mail.not-found", ids);
			case EXPIRED -> this.texts.text("mail.expired", ids);
			case REFUSED -> this.texts.text("mail.refused", ids);
			case UNREADABLE -> this.texts.text("mail.unreadable", ids);
		};
	}

	/** All of it for a reader of plain text. */
	String text() {
		List<String> lines = new ArrayList<>(List.of(headline()));
		lines.addAll(lines());
		if (this.notification.origin().link() != null) {
			lines.add(this.notification.origin().link());
		}
		return String.join("\n", lines);
	}

	/** The meaning of an exit status, and whether to run again. */
	String meaning() {
		ExitStatus status = this.notification.status();
		String meaning = this.texts.word(status.meaning());
		return status.isRepeatable() ? this.texts.text("mail.repeatable", meaning) : meaning;
	}

	/** One line, short enough for a chat. */
	static String inert(String text) {
		String line = PostgresText.of(text)
			.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+", " ")
			.strip();
		return PostgresText.cut(line, 300);
	}

}
