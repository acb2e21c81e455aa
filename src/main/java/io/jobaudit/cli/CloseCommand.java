package io.jobaudit.cli;

import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.Callable;

import io.jobaudit.ExitStatus;
import io.jobaudit.cli.terminal.Version;
import io.jobaudit.upkeep.MonthCloseLauncher;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Closes a month, or opens it again. */
@Command(name = "close",
		description = "Closes a month: its figures and reports no longer change; later findings are booked as corrections in the month they are found.")
final class CloseCommand implements Callable<Integer> {

	@Parameters(paramLabel = "YYYY-MM", description = "The month, in audit.report.zone.")
	private YearMonth month = YearMonth.of(1970, 1);

	@Mixin
	private Session.Reports reports = new Session.Reports();

	@ArgGroup(exclusive = false)
	private @Nullable Reopening reopening;

	private final List<String> settings;

	@ParentCommand
	private JobAudit program = new JobAudit();

	@Spec
	private CommandSpec spec = CommandSpec.create();

	CloseCommand(List<String> settings) {
		this.settings = settings;
	}

	/** Options that open a closed month again. */
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
			throw new ParameterException(this.spec.commandLine(), "--reason is blank; say why the month is reopened");
		}
		return Session.run(this.reports.with(this.settings), (context, stop) -> {
			MonthCloseLauncher launcher = context.getBean(MonthCloseLauncher.class);
			this.program.print(
					(this.reopening != null)
							? ClosingText.reopened(launcher.reopen(this.month, this.reopening.reason.strip()))
							: ClosingText
								.of(launcher.close(this.month, Version.current(), () -> stop.reason() != null)),
					ExitStatus.COMPLETE);
			return ExitStatus.COMPLETE;
		});
	}

}
