package io.jobaudit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.slf4j.LoggerFactory;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/** The program: {@code java -jar job-audit.jar COMMAND}. */
@Command(name = "job-audit", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT,
		versionProvider = Version.class, sortOptions = false, usageHelpAutoWidth = true,
		description = "Turns a list of smart job ids into rows, totals and workbooks that add up.",
		subcommands = { RunCommand.class, PreviewCommand.class, DiscoverCommand.class, ReportCommand.class,
				CloseCommand.class, RenormalizeCommand.class, PurgeCommand.class, RunsCommand.class,
				DoctorCommand.class, DemoCommand.class, SimulatorCommand.class, GenerateCompletion.class },
		footer = { "", "Any setting can be given as --name=value: --audit.api.region=cn-shanghai", "",
				"Exit codes: 0 complete, 2 too many failed jobs, 3 unreadable ids,",
				"64 usage, 65 input, 69 out of reach, 70 internal or not reconciled,",
				"73 report, 75 locked or out of time, 77 credentials, 78 configuration,",
				"130 and 143 stopped by a signal." })
public final class JobAudit {

	@Mixin
	private final LogOptions log = new LogOptions();

	private JobAudit() {
	}

	/** Whether nothing is to be said of what went well. */
	boolean isQuiet() {
		return this.log.isQuiet();
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
		CommandLine commandLine = commandLine(split.settings());
		if (split.command().isEmpty()) {
			commandLine.usage(System.err);
			return ExitCode.USAGE;
		}
		return commandLine.execute(split.command().toArray(String[]::new));
	}

	/**
	 * All commands.
	 * @param given settings of the command line
	 */
	static CommandLine commandLine(List<String> given) {
		List<String> settings = new ArrayList<>();
		JobAudit program = new JobAudit();
		CommandLine commandLine = new CommandLine(program, new CommandFactory(settings));
		commandLine.setExecutionStrategy((parsed) -> {
			program.prepareLog();
			settings.addAll(program.log.settings());
			settings.addAll(given);
			return new RunLast().execute(parsed);
		});
		commandLine.setCaseInsensitiveEnumValuesAllowed(true);
		// A mistyped option is no file of --ids.
		commandLine.setUnmatchedOptionsAllowedAsOptionParameters(false);
		commandLine.setExecutionExceptionHandler((failure, command, parsed) -> Failures.report(failure));
		commandLine.getSubcommands().values().forEach(JobAudit::useOurCodes);
		useOurCodes(commandLine);
		return commandLine;
	}

	/** Logback begins to log before Spring says how. */
	private void prepareLog() {
		if (this.log.isJson()) {
			Stderr.useJson();
			String early = "logback.configurationFile";
			System.setProperty(early, "log-json-early.xml");
			LoggerFactory.getLogger(JobAudit.class);
			System.clearProperty(early);
		}
	}

	private static void useOurCodes(CommandLine commandLine) {
		commandLine.getCommandSpec().exitCodeOnInvalidInput(ExitCode.USAGE);
	}

}
