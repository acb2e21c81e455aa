package io.jobaudit.cli;

import java.util.stream.Collectors;

import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.cluster.NightSummary;
import io.jobaudit.cluster.NightSummary.AccountResult;
import io.jobaudit.cluster.NightSummary.NightReport;
import org.jspecify.annotations.Nullable;

/** What is printed of a night: the statement of each account, and their sum. */
final class NightText {

	private NightText() {
	}

	static String of(NightSummary summary, ExitStatus status) {
		return summary.accounts().stream().map(NightText::account).collect(Collectors.joining("\n"))
				+ "\nNight %d of %s, exit %d%n".formatted(summary.night(), summary.day(), status.code())
				+ ClosingText.line("accounts", summary.accounts().size())
				+ ClosingText.line("  complete", summary.complete())
				+ ClosingText.line("  not complete", summary.accounts().size() - summary.complete())
				+ ClosingText.counts(summary.total()) + report(summary.accountsReport());
	}

	private static String report(@Nullable NightReport report) {
		return (report == null) ? "" : "  reports about all accounts "
				+ ((report.directory() != null) ? "in " + report.directory() : "are missing: " + report.reason())
				+ "\n";
	}

	private static String account(AccountResult result) {
		ExitStatus status = result.account().status();
		String run = (result.account().run() != null) ? "run " + result.account().run() : "no run";
		String how = (status == null) ? "is in progress"
				: (result.isComplete() ? "is complete" : "is not complete") + ", exit " + status.code();
		ClosingStatement statement = result.statement();
		String reason = result.account().reason();
		return "Account %s, %s, %s%n".formatted(result.account().account(), run, how)
				+ ((reason != null) ? "  " + reason + "\n" : "")
				+ ((statement != null) ? ClosingText.counts(statement) : "")
				+ ((result.reports() != null) ? "  reports in " + result.reports() + "\n" : "");
	}

}
