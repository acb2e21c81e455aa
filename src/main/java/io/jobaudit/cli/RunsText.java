package io.jobaudit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jobaudit.Account;
import io.jobaudit.ExitStatus;
import io.jobaudit.PrintableText;
import io.jobaudit.ids.InputLine.RejectedLine;
import io.jobaudit.ledger.RunHistory;
import io.jobaudit.ledger.RunRecord;

/** Runs for people, 80 characters wide at most: figures on one line, names below. */
final class RunsText {

	private static final String ROW = "%5s %-16s %-11s %4s %9s %9s %9s %9s%n";

	private static final int NAME = 70;

	private static final int SHOWN = 5;

	private RunsText() {
	}

	static String list(List<RunRecord> runs, Account account, ZoneId zone) {
		if (runs.isEmpty()) {
			return "Account " + account + " has no run yet.\n";
		}
		StringBuilder text = new StringBuilder(
				format(ROW, "Run", "Started", "Status", "Exit", "Ids", "Fetched", "Unchanged", "Pending"));
		for (RunRecord run : runs) {
			text.append(
					format(ROW, run.run(), time(run.startedAt(), zone), status(run), exitCode(run), number(total(run)),
							number(run.count("FETCHED")), number(run.count("UNCHANGED")), number(run.pending())));
			line(text, cut(run.source()));
			line(text, "took " + took(run) + others(run));
			line(text, (run.reports() != null) ? "-> " + cut(run.reports()) : "");
			line(text, run.isUnfinished() ? "unfinished; to give it up: job-audit runs abandon " + run.run() : "");
		}
		return text.append("Times in ").append(zone.getId()).append('\n').toString();
	}

	static String one(RunRecord run, RunHistory history, ZoneId zone) {
		StringBuilder text = new StringBuilder(
				"Run %s, %s, exit %s%n".formatted(run.run(), status(run), exitCode(run)));
		field(text, "account, region", run.account() + ", " + run.region());
		field(text, "started", time(run.startedAt(), zone) + " " + zone.getId() + ", took " + took(run));
		field(text, "input", PrintableText.of(run.source()));
		field(text, "SHA-256", run.sha256());
		if (run.parentRun() != null) {
			field(text, "ids of run", run.parentRun().toString());
		}
		field(text, "version", run.version());
		text.append('\n');
		long lines = (run.lines() != null) ? run.lines() : 0;
		text.append(ClosingText.line("lines read", lines)).append(ClosingText.line("  distinct ids", total(run)));
		text.append(ClosingText.line("  duplicates", (run.duplicates() != null) ? run.duplicates() : 0));
		text.append(ClosingText.line("  malformed", (run.malformed() != null) ? run.malformed() : 0));
		for (Map.Entry<String, Long> outcome : run.outcomes().entrySet()) {
			text.append(ClosingText.line(outcome.getKey(), outcome.getValue()));
		}
		text.append(ClosingText.line("pending", run.pending()));
		text.append(ClosingText.line("calls", run.calls())).append(ClosingText.line("  throttled", run.throttled()));
		text.append(ClosingText.line("  retries", run.retries()));
		list(text, "failed jobs by error code", history.errorCodes(run.run(), SHOWN));
		list(text, "rejected lines",
				history.rejectedLines(run.run(), SHOWN).stream().map(RejectedLine::toString).toList());
		if (run.abandonedAt() != null) {
			text.append(format("%ngiven up at %s %s%n", time(run.abandonedAt(), zone), zone.getId()));
		}
		return text.append(ending(run)).toString();
	}

	static String abandoned(RunRecord run) {
		return "Run %s is given up: %s of %s ids stay pending.%n".formatted(run.run(), number(run.pending()),
				number(total(run))) + "The same command with the same input now begins a new run.\n";
	}

	private static String ending(RunRecord run) {
		if (run.purgedAt() != null) {
			return "\nids purged at " + run.purgedAt() + "\n";
		}
		if (run.reports() != null) {
			boolean there = Files.isDirectory(Path.of(run.reports()));
			return "\nreports\n  %s%s%n".formatted(run.reports(),
					there ? "" : "  (deleted; report --run " + run.run() + " writes them again)");
		}
		if (run.abandonedAt() != null) {
			return "";
		}
		boolean repeatable = run.exitCode() == null || ExitStatus.of(run.exitCode()).isRepeatable();
		return "\n" + ClosingText.howToResume(repeatable, false)
				+ (run.isUnfinished() ? "To give it up: job-audit runs abandon " + run.run() + "\n" : "");
	}

	private static void line(StringBuilder text, String line) {
		text.append(line.isEmpty() ? "" : "      " + line + "\n");
	}

	/** Outcomes that few ids have, if any has them. */
	private static String others(RunRecord run) {
		return Stream.of("NOT_FOUND", "EXPIRED", "REFUSED", "UNREADABLE")
			.filter((outcome) -> run.count(outcome) > 0)
			.map((outcome) -> ", " + outcome + " " + number(run.count(outcome)))
			.collect(Collectors.joining());
	}

	private static void field(StringBuilder text, String name, String value) {
		text.append(format("  %-16s %s%n", name, value));
	}

	private static void list(StringBuilder text, String name, List<String> lines) {
		if (!lines.isEmpty()) {
			text.append('\n').append(name).append('\n');
			lines.forEach((line) -> text.append("  ").append(PrintableText.of(line)).append('\n'));
		}
	}

	private static long total(RunRecord run) {
		return run.outcomes().values().stream().mapToLong(Long::longValue).sum() + run.pending();
	}

	private static String status(RunRecord run) {
		return run.status().toLowerCase(Locale.ROOT);
	}

	private static String exitCode(RunRecord run) {
		return (run.exitCode() != null) ? run.exitCode().toString() : "-";
	}

	private static String took(RunRecord run) {
		if (run.finishedAt() == null) {
			return "-";
		}
		return ClosingText.duration(Duration.between(run.startedAt(), run.finishedAt()));
	}

	private static String time(Instant instant, ZoneId zone) {
		return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").format(instant.atZone(zone));
	}

	private static String number(long number) {
		return format("%,d", number);
	}

	/** The middle of a long name matters least. */
	private static String cut(String name) {
		String inert = PrintableText.of(name);
		int half = (NAME - 3) / 2;
		return (inert.length() <= NAME) ? inert
				: inert.substring(0, half) + "..." + inert.substring(inert.length() - half);
	}

	private static String format(String format, Object... values) {
		return String.format(Locale.ROOT, format, values);
	}

}
