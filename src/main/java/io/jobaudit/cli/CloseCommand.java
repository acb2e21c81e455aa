package io.jobaudit.cli;

import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.jobaudit.ExitStatus;
import io.jobaudit.cli.terminal.Version;
import io.jobaudit.report.subject.ReportStoppedException;
import io.jobaudit.upkeep.MonthCloseLauncher;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The end of a month's bookings. */
@Command(name = "close",
		description = "Closes a month: its figures and reports stay, and what is learnt later is booked as a correction when it is seen.")
final class CloseCommand implements Callable<Integer> {

	@Parameters(paramLabel = "YYYY-MM", description = "The month, in audit.report.zone.")
	private YearMonth month = YearMonth.of(1970, 1);

	@Option(names = "--reports", paramLabel = "DIR", description = "Where reports go; default: audit.report.directory.")
	private @Nullable Path reports;

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

	/** The way back. */
	static final class Reopening {

		@Option(names = "--reopen", required = true,
				description = "Open the closed month again; the last one closed comes first.")
		private boolean reopen;

		@Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is kept.")
		private String reason = "";

	}

	@Override
	public Integer call() throws Exception {
		if (this.reopening != null && this.reopening.reason.isBlank()) {
			throw new ParameterException(this.spec.commandLine(),
					"--reason says why the month is reopened, but is blank");
		}
		List<String> all = new ArrayList<>(this.settings);
		if (this.reports != null) {
			all.add("--audit.report.directory=" + this.reports);
		}
		try (StopSignals stop = StopSignals.listen(null);
				ConfigurableApplicationContext context = Application.startLazily(all)) {
			MonthCloseLauncher launcher = context.getBean(MonthCloseLauncher.class);
			try {
				this.program.print((this.reopening != null)
						? ClosingText.reopened(launcher.reopen(this.month, this.reopening.reason.strip()))
						: ClosingText
							.of(launcher.close(this.month, Version.current(), () -> stop.request().reason() != null)),
						ExitStatus.COMPLETE);
				return ExitStatus.COMPLETE.code();
			}
			catch (ReportStoppedException ex) {
				Failures.say(String.valueOf(ex.getMessage()));
				return stop.request().status().code();
			}
		}
	}

}
