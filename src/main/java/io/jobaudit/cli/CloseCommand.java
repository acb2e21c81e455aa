package io.jobaudit.cli;

import java.time.YearMonth;

import io.jobaudit.ExitStatus;
import io.jobaudit.cli.terminal.Version;
import io.jobaudit.upkeep.MonthCloseLauncher;
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
		return run(this.reports.with(settings()), (context, stop) -> {
			MonthCloseLauncher launcher = context.getBean(MonthCloseLauncher.class);
			program().print(
					(this.reopening != null)
							? ClosingText.reopened(launcher.reopen(this.month, this.reopening.reason.strip()))
							: ClosingText
								.of(launcher.close(this.month, Version.current(), () -> stop.reason() != null)),
					ExitStatus.COMPLETE);
			return ExitStatus.COMPLETE;
		});
	}

}
