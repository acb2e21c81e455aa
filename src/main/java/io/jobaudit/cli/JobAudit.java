package io.jobaudit.cli;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.jobaudit.ExitStatus;
import io.jobaudit.cli.terminal.LogFormat;
import io.jobaudit.cli.terminal.LoggingOptions;
import io.jobaudit.cli.terminal.Terminal;
import io.jobaudit.cli.terminal.Version;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program: {@code job-audit COMMAND}. */
@Command(name = "job-audit", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT,
		versionProvider = Version.class, sortOptions = false, usageHelpAutoWidth = true,
		description = "Turns a list of smart job ids into reconciled rows and reports.")
public final class JobAudit {

	/** In the order of the help. */
	private static final List<Class<?>> COMMANDS = List.of(RunCommand.class, NightCommand.class, WorkerCommand.class,
			PreviewCommand.class, DiscoverCommand.class, ReportCommand.class, CloseCommand.class,
			ReconcileCommand.class, RenormalizeCommand.class, PurgeCommand.class, EraseCommand.class, RunsCommand.class,
			MigrateCommand.class, ConfigCommand.class, DoctorCommand.class, DemoCommand.class, SimulatorCommand.class,
			GenerateCompletion.class, ManCommand.class, HelpCommand.class, VersionCommand.class);

	/** Commands that describe all others. */
	private static final Set<Class<?>> ABOUT_ALL = Set.of(GenerateCompletion.class, ManCommand.class,
			HelpCommand.class);

	/** Created in advance, because no memory is left when it is needed. */
	private static final byte[] NO_MEMORY = "job-audit: no memory is left; give more, such as -Xmx256m (exit 78)\n"
		.getBytes(StandardCharsets.US_ASCII);

	@Mixin
	private LoggingOptions logging = new LoggingOptions();

	private final List<String> settings;

	JobAudit(List<String> settings) {
		this.settings = settings;
	}

	public static void main(String[] arguments) {
		// The output must not depend on the locale of the machine.
		Locale.setDefault(Locale.ROOT);
		Thread.setDefaultUncaughtExceptionHandler(JobAudit::failed);
		System.exit(checkOutput(execute(arguments)));
	}

	/**
	 * Reports a thread that has failed. After an error such as a full memory it ends the
	 * process, because other threads would wait for this one forever.
	 */
	private static synchronized void failed(Thread thread, Throwable failure) {
		if (!(failure instanceof Error) && !(failure.getCause() instanceof Error)) {
			LoggerFactory.getLogger(JobAudit.class).error("Thread {} has failed", thread.getName(), failure);
			return;
		}
		int code = ExitStatus.CONFIGURATION.code();
		try {
			code = Failures.report(failure);
		}
		catch (OutOfMemoryError ex) {
			System.err.write(NO_MEMORY, 0, NO_MEMORY.length);
		}
		finally {
			Runtime.getRuntime().halt(code);
		}
	}

	/**
	 * Standard output is a result: if it is redirected to a full disk, the result is
	 * lost.
	 */
	private static int checkOutput(int code) {
		if (System.out.checkError() && code <= ExitStatus.TOO_MANY_UNREADABLE.code()) {
			Failures.say("standard output cannot be written; what was printed is incomplete (exit %d)"
				.formatted(ExitStatus.OUTPUT.code()));
			return ExitStatus.OUTPUT.code();
		}
		return code;
	}

	static int execute(String... arguments) {
		Arguments split = Arguments.split(arguments);
		CommandLine commandLine = commandLine(split.settings(), needed(split.command()));
		commandLine.setParameterExceptionHandler(new UsageErrors(LogFormat.isJson(split.command())));
		if (split.command().isEmpty()) {
			commandLine.usage(System.err);
			return ExitStatus.USAGE.code();
		}
		return commandLine.execute(split.command().toArray(String[]::new));
	}

	/**
	 * Only the requested command, since preparing all commands takes longer than
	 * executing many of them.
	 */
	private static List<Class<?>> needed(List<String> command) {
		List<Class<?>> asked = COMMANDS.stream()
			.filter((type) -> command.stream().limit(1).anyMatch(name(type)::equals))
			.filter((type) -> !ABOUT_ALL.contains(type))
			.toList();
		return asked.isEmpty() ? COMMANDS : asked;
	}

	private static String name(Class<?> command) {
		return Objects.requireNonNull(command.getAnnotation(Command.class)).name();
	}

	/** The program with all its commands. */
	static CommandLine commandLine() {
		return commandLine(List.of(), COMMANDS);
	}

	private static CommandLine commandLine(List<String> settings, List<Class<?>> commands) {
		JobAudit program = new JobAudit(settings);
		CommandLine commandLine = new CommandLine(program);
		commands.forEach(commandLine::addSubcommand);
		commandLine.setCaseInsensitiveEnumValuesAllowed(true);
		commandLine.registerConverter(Duration.class, DurationStyle::detectAndParse);
		// Help may go to either stream.
		boolean colours = Terminal.hasColours(Terminal.OUT) && Terminal.hasColours(Terminal.ERR);
		commandLine.setColorScheme(Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF));
		commandLine.setExecutionStrategy((parsed) -> program.runLast(commandLine, parsed));
		// A mistyped option is no file of --ids.
		commandLine.setUnmatchedOptionsAllowedAsOptionParameters(false);
		commandLine.setExecutionExceptionHandler((failure, command, parsed) -> Failures.report(failure));
		complete(commandLine);
		return commandLine;
	}

	/** Prints a command's result; nothing on success with {@code --quiet}. */
	void print(String text, ExitStatus status) {
		if (status != ExitStatus.COMPLETE || !this.logging.isQuiet()) {
			System.out.print(text);
		}
	}

	private int runLast(CommandLine commandLine, ParseResult parsed) {
		Integer helped = CommandLine.executeHelpRequest(parsed);
		if (helped != null) {
			return helped;
		}
		this.logging.use(commandLine.getCommandSpec());
		return new RunLast().execute(parsed);
	}

	List<String> settings() {
		return this.settings;
	}

	Ansi colours() {
		return Terminal.hasColours(Terminal.OUT) ? Ansi.ON : Ansi.OFF;
	}

	private static void complete(CommandLine commandLine) {
		commandLine.getCommandSpec().exitCodeOnInvalidInput(ExitStatus.USAGE.code());
		commandLine.getCommandSpec().usageMessage().footer(footer());
		commandLine.getSubcommands().values().forEach(JobAudit::complete);
	}

	private static String[] footer() {
		Stream<String> codes = Arrays.stream(ExitStatus.values())
			.map((status) -> "%5d  %s".formatted(status.code(), status.meaning()));
		return Stream
			.concat(Stream.of("", "Any setting can be given as --name=value: --audit.api.region=cn-shanghai", "",
					"Exit codes:"), codes)
			.toArray(String[]::new);
	}

	/** Another way to ask for {@code --version}. */
	@Command(name = "version", description = "Prints the version.")
	static final class VersionCommand implements Runnable {

		@Spec
		private CommandSpec spec = CommandSpec.create();

		@Override
		public void run() {
			this.spec.root().commandLine().printVersionHelp(System.out);
		}

	}

	/**
	 * The two parts of a command line.
	 *
	 * @param command the command and its options, for picocli
	 * @param settings {@code --name.with.dots=value}, for Spring
	 */
	record Arguments(List<String> command, List<String> settings) {

		private static final Predicate<String> SETTING = Pattern
			.compile("--[A-Za-z][\\w-]*(\\.[\\w\\[\\]-]+)+=.*", Pattern.DOTALL)
			.asMatchPredicate();

		static Arguments split(String... arguments) {
			return new Arguments(Arrays.stream(arguments).filter(SETTING.negate()).toList(),
					Arrays.stream(arguments).filter(SETTING).toList());
		}

	}

}
