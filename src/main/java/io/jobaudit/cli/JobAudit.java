package io.jobaudit.cli;

import java.util.Locale;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The program: {@code java -jar job-audit.jar COMMAND}. */
@Command(name = "job-audit", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT,
		versionProvider = Version.class, sortOptions = false, usageHelpAutoWidth = true,
		description = "Turns a list of smart job ids into rows, totals and workbooks that add up.",
		subcommands = { RunCommand.class, DiscoverCommand.class, ReportCommand.class, CloseCommand.class,
				DemoCommand.class, SimulatorCommand.class },
		footer = { "", "Any setting can be given as --name=value: --audit.api.region=cn-shanghai", "",
				"Exit codes: 0 complete, 2 too many failed jobs, 3 unreadable ids,",
				"64 usage, 65 input, 69 out of reach, 70 internal or not reconciled,",
				"73 report, 75 locked or out of time, 77 credentials, 78 configuration,",
				"130 and 143 stopped by a signal." })
public final class JobAudit {

	private JobAudit() {
	}

	public static void main(String[] arguments) {
		// Digits and words are the same whatever language the machine speaks.
		Locale.setDefault(Locale.ROOT);
		System.exit(execute(arguments));
	}

	/**
	 * Runs a command to its end.
	 * @param arguments the command line
	 * @return the exit code
	 */
	static int execute(String... arguments) {
		Arguments split = Arguments.split(arguments);
		CommandLine commandLine = new CommandLine(new JobAudit(), new CommandFactory(split.settings()));
		commandLine.setExecutionExceptionHandler((failure, command, parsed) -> Failures.report(failure));
		commandLine.getSubcommands().values().forEach(JobAudit::useOurCodes);
		useOurCodes(commandLine);
		if (split.command().isEmpty()) {
			commandLine.usage(System.err);
			return ExitCode.USAGE;
		}
		return commandLine.execute(split.command().toArray(String[]::new));
	}

	private static void useOurCodes(CommandLine commandLine) {
		commandLine.getCommandSpec().exitCodeOnInvalidInput(ExitCode.USAGE);
	}

}
