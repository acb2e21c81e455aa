package io.jobaudit.cli;

import java.sql.SQLException;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Map;

import io.jobaudit.ExitStatus;
import io.jobaudit.billing.ClosedMonth;
import io.jobaudit.cli.terminal.Version;
import io.jobaudit.report.subject.ReportWatch;
import io.jobaudit.upkeep.MonthCloseLauncher;
import io.jobaudit.upkeep.MonthCloseLauncher.MonthCloseResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Closes a month, or opens it again. */
@Command(name = "close",
		description = "Closes a month: its figures and reports no longer change; later findings are booked as corrections in the month they are found.")
final class CloseCommand extends AuditCommand {

	@Parameters(paramLabel = "YYYY-MM", description = "The month, in audit.report.zone.")
	private YearMonth month = YearMonth.of(1970, 1);

	@Mixin
	private Reports reports = new Reports();

	@Mixin
	private JsonOption json = new JsonOption();

	@Option(names = "--invoice", paramLabel = "ID",
			description = "The vendor's invoice of the month; stored with it, and in focus.csv.")
	private @Nullable String invoice;

	@ArgGroup(exclusive = false)
	private @Nullable Reopening reopening;

	static final class Reopening {

		@Option(names = "--reopen", required = true,
				description = "Open a closed month again, the last closed one first.")
		private boolean reopen;

		@Option(names = "--reason", required = true, paramLabel = "TEXT",
				description = "Why the month is reopened; stored with it.")
		private String reason = "";

	}

	@Override
	public Integer call() throws Exception {
		if (this.reopening != null && this.reopening.reason.isBlank()) {
			throw misuse("--reason is blank; say why the month is reopened", null);
		}
		if (this.reopening != null && this.invoice != null) {
			throw misuse("--invoice goes with closing a month, not with --reopen", null);
		}
		if (this.invoice != null && (this.invoice.isBlank() || this.invoice.length() > 100)) {
			throw misuse("--invoice takes the id of an invoice, of 1 to 100 characters, but got \"%s\""
				.formatted(this.invoice), null);
		}
		return run(this.reports.with(settings()), (context, stop) -> {
			MonthCloseLauncher launcher = context.getBean(MonthCloseLauncher.class);
			program().print((this.reopening != null) ? reopen(launcher, this.reopening.reason.strip())
					: close(launcher, () -> stop.reason() != null), ExitStatus.COMPLETE);
			return ExitStatus.COMPLETE;
		});
	}

	private String reopen(MonthCloseLauncher launcher, String reason) throws SQLException {
		ClosedMonth month = launcher.reopen(this.month, reason);
		return this.json.choose(figures(month, "reopened"), ClosingText.reopened(month));
	}

	private String close(MonthCloseLauncher launcher, ReportWatch watch) throws SQLException {
		MonthCloseResult result = launcher.close(this.month, (this.invoice != null) ? this.invoice.strip() : null,
				Version.current(), watch);
		Map<String, Object> figures = figures(result.month(), "closed");
		if (result.month().invoiceId() != null) {
			figures.put("invoice", result.month().invoiceId());
		}
		figures.put("totals", result.totals());
		figures.putAll(JsonOption.figures(result.reports()));
		return this.json.choose(figures, ClosingText.of(result));
	}

	private static Map<String, Object> figures(ClosedMonth month, String status) {
		Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("month", month.month().toString());
		figures.put("zone", month.zone().getId());
		figures.put("status", status);
		return figures;
	}

}
