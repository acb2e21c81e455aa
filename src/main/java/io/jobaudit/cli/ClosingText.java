package io.jobaudit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.Money;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.billing.ClosedMonth;
import io.jobaudit.billing.ClosedMonth.BookedTotals;
import io.jobaudit.upkeep.MonthCloseLauncher.MonthCloseResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** What is printed: the closing statement of a run or month, and the reports' paths. */
final class ClosingText {

	private ClosingText() {
	}

	/**
	 * As printed after a run, with or without {@code --fresh}.
	 * @param embedded where the rows are, if that may be a surprise
	 */
	static String of(AuditResult result, boolean fresh, Optional<String> embedded, Ansi ansi) {
		return Stream.of(coloured(heading(result), result, ansi), input(result.statement()),
				outcomes(result.statement()), coloured(verdict(result, fresh), result, ansi),
				embedded.map((note) -> "rows\n  in %s\n".formatted(note)).orElse(""), reports(result.reportDirectory()))
			.filter((part) -> !part.isEmpty())
			.collect(Collectors.joining("\n"));
	}

	static String of(MonthCloseResult result) {
		String invoice = (result.month().invoiceId() != null) ? ", invoice " + result.month().invoiceId() : "";
		return "%s is closed, %s%s\n".formatted(result.month().month(), result.month().zone(), invoice)
				+ booked(result.totals()) + reports(result.reports().directory().toString());
	}

	private static String booked(BookedTotals totals) {
		StringBuilder text = new StringBuilder(line("jobs booked", totals.jobs()));
		text.append(line("  not finished", totals.unfinishedJobs()));
		text.append("  %-16s %,12d%n".formatted("tokens", totals.tokens().toBigInteger()));
		text.append(line("  jobs unknown", totals.unknownJobs()));
		text.append(line("  jobs unpriced", totals.unpricedJobs()));
		totals.spend().forEach((currency, exact) -> {
			BigDecimal spend = Money.rounded(exact, currency);
			text.append(("  %-16s %,12." + spend.scale() + "f%n").formatted("spend, " + currency, spend));
		});
		return text.append(totals.spend().isEmpty() ? "  spend                    none: no job has a price\n" : "")
			.toString();
	}

	static String reopened(ClosedMonth month) {
		return "%s is open again; it was closed by %s at %s\n".formatted(month.month(), month.closedBy(),
				month.closedAt());
	}

	/** Lines, ids and outcomes. */
	static String counts(ClosingStatement statement) {
		return input(statement) + outcomes(statement);
	}

	private static String heading(AuditResult result) {
		String how = result.isComplete() ? "is complete" : "has stopped early";
		return "Run %s %s, exit %d\n".formatted(result.run().runId(), how, result.status().code());
	}

	private static String input(ClosingStatement statement) {
		return line("lines read", statement.linesRead()) + line("  distinct ids", statement.distinctIds())
				+ line("  duplicates", statement.duplicates()) + line("  malformed", statement.malformed());
	}

	private static String outcomes(ClosingStatement statement) {
		return line("distinct ids", statement.distinctIds()) + statement.outcomesInOrder()
			.entrySet()
			.stream()
			.map((entry) -> line("  " + entry.getKey(), entry.getValue()))
			.collect(Collectors.joining()) + line("  pending", statement.pending());
	}

	private static String verdict(AuditResult result, boolean fresh) {
		ClosingStatement statement = result.statement();
		if (statement.isReconciled() && result.isComplete()) {
			return "  It adds up.\n";
		}
		return !result.isComplete() ? "  " + howToResume(result.status().isRepeatable(), fresh)
				: "  It does not add up: " + String.join("; ", statement.faults()) + "\n";
	}

	/**
	 * What resumes a run.
	 * @param repeatable whether its command, as it is, may succeed
	 * @param fresh whether its command asks for a new run each time
	 */
	static String howToResume(boolean repeatable, boolean fresh) {
		return (repeatable ? "Run" : "Correct the cause, then run") + " the same command again"
				+ (fresh ? " without --fresh" : "") + " to resume.\n";
	}

	/** Green when complete, yellow to be read or resumed, red when failed. */
	private static String coloured(String line, AuditResult result, Ansi ansi) {
		boolean failed = result.failure() != null || (result.isComplete() && !result.statement().isReconciled());
		Style colour = failed ? Style.fg_red
				: (result.status() == ExitStatus.COMPLETE) ? Style.fg_green : Style.fg_yellow;
		return ansi.enabled() ? colour.on() + line.stripTrailing() + colour.off() + "\n" : line;
	}

	static String reports(@Nullable String directory) {
		if (directory == null) {
			return "";
		}
		try (Stream<Path> files = Files.list(Path.of(directory))) {
			return "reports\n"
					+ files.sorted().map((file) -> "  " + file.toAbsolutePath() + "\n").collect(Collectors.joining());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot list the reports in " + directory, ex);
		}
	}

	/** Hours, minutes and seconds. */
	static String duration(Duration duration) {
		return String.format(Locale.ROOT, "%d:%02d:%02d", duration.toHours(), duration.toMinutesPart(),
				duration.toSecondsPart());
	}

	/** A name and its figure, in columns. */
	static String line(String name, long count) {
		return String.format(Locale.ROOT, "  %-16s %,12d%n", name, count);
	}

}
