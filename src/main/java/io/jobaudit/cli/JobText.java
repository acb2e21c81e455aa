package io.jobaudit.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.jobaudit.PrintableText;
import io.jobaudit.ledger.JobHistory.Booking;
import io.jobaudit.ledger.JobHistory.Correction;
import io.jobaudit.ledger.JobHistory.FoundJob;
import io.jobaudit.ledger.JobHistory.JobInRun;
import io.jobaudit.ledger.JobHistory.JobNow;
import org.jspecify.annotations.Nullable;

/** One job for people, 80 characters wide at most. */
final class JobText {

	private static final int WIDTH = 80;

	private static final String NONE = "-";

	private static final String RUN = "%5s %-16s %-10s %-10s %12s %5s";

	private final StringBuilder text = new StringBuilder();

	private final ZoneId zone;

	private JobText(ZoneId zone) {
		this.zone = zone;
	}

	static String of(FoundJob found, ZoneId zone) {
		JobText text = new JobText(zone);
		text.line("Job " + found.jobId() + ", account " + found.account());
		found.job().ifPresentOrElse(text::add, () -> text.line("  no answer is stored"));
		text.line("");
		found.booking()
			.ifPresentOrElse(text::add,
					() -> text.line(found.corrections().isEmpty() ? "not booked" : "booked by corrections only"));
		found.corrections().forEach(text::add);
		text.line("");
		text.line(RUN.formatted("Run", "Started", "Outcome", "State", "Tokens", "Calls"));
		found.runs().forEach(text::add);
		return text.text + "Times in " + zone.getId() + "\n";
	}

	private void add(JobNow job) {
		field("state", job.state());
		field("type", job.jobType());
		if (job.errorCode() != null) {
			field("error", job.errorCode() + ((job.errorMessage() != null) ? ": " + job.errorMessage() : ""));
		}
		field("tokens", tokens(job.totalTokens(), job.usageStatus()));
		field("user", job.userId());
		field("created", time(job.createTime()));
		field("fetched", time(job.fetchedAt()));
		field("request id", job.requestId());
		if (job.erasedAt() != null) {
			field("texts erased", time(job.erasedAt()));
		}
	}

	private void add(Booking booking) {
		line("booked");
		field("month", booking.month() + (booking.closed() ? ", closed" : ", open"));
		field("cost centre", booking.costCentre());
		field("price", (booking.pricePer1000Tokens() != null)
				? plain(booking.pricePer1000Tokens()) + " " + booking.currency() + " per 1,000 tokens" : null);
		field("amount", (booking.spend() != null) ? plain(booking.spend()) + " " + booking.currency()
				: booking.spendStatus().toLowerCase(Locale.ROOT));
	}

	private void add(Correction correction) {
		line("correction of " + correction.month());
		field("seen", time(correction.seenAt()) + ", run " + correction.run() + ", "
				+ correction.reason().toLowerCase(Locale.ROOT));
		field("cost centre", correction.costCentre());
		field("tokens", String.format(Locale.ROOT, "%+,d", correction.tokens().toBigInteger()));
		field("amount", (correction.spend() != null) ? ((correction.spend().signum() > 0) ? "+" : "")
				+ plain(correction.spend()) + " " + correction.currency() : "no price");
	}

	private void add(JobInRun run) {
		line(String.format(Locale.ROOT, RUN, run.run(), time(run.startedAt()),
				(run.outcome() != null) ? run.outcome() : "pending", shown(run.state()),
				(run.totalTokens() != null) ? String.format(Locale.ROOT, "%,d", run.totalTokens()) : NONE,
				run.attempts()));
		if (run.errorCode() != null) {
			line("      error " + run.errorCode());
		}
		if (run.code() != null) {
			line("      answer " + run.code() + ": " + shown(run.message()));
		}
		if (run.requestId() != null) {
			line("      request id " + run.requestId());
		}
	}

	private void field(String name, @Nullable String value) {
		line("  %-16s %s".formatted(name, shown(value)));
	}

	private void line(String line) {
		String inert = PrintableText.of(line).stripTrailing();
		this.text.append((inert.length() <= WIDTH) ? inert : inert.substring(0, WIDTH - 3) + "...").append('\n');
	}

	private String time(@Nullable Instant instant) {
		return (instant != null) ? DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").format(instant.atZone(this.zone))
				: NONE;
	}

	private static String tokens(@Nullable Long tokens, String usage) {
		return (tokens != null) ? String.format(Locale.ROOT, "%,d", tokens)
				: usage.equals("ABSENT") ? "not reported" : "unreadable";
	}

	private static String plain(BigDecimal exact) {
		return exact.stripTrailingZeros().toPlainString();
	}

	private static String shown(@Nullable String value) {
		return (value != null && !value.isEmpty()) ? value : NONE;
	}

}
