package io.jobaudit.cli.terminal;

import io.jobaudit.progress.RunSummaryEvent;
import org.springframework.boot.ansi.AnsiOutput;
import org.springframework.boot.ansi.AnsiOutput.Enabled;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** Options for the log on standard error: how much, and in which format. */
public final class LoggingOptions {

	@Option(names = { "-q", "--quiet" }, scope = ScopeType.INHERIT,
			description = "Log warnings and errors only; print nothing after exit 0.")
	private boolean quiet;

	@Option(names = { "-v", "--verbose" }, scope = ScopeType.INHERIT, description = "Log every retry and detail.")
	private boolean verbose;

	@Option(names = "--log-format", scope = ScopeType.INHERIT, paramLabel = "FORMAT",
			description = "Format of standard error: text, or json for one ECS object per line.")
	private LogFormat format = LogFormat.TEXT;

	public boolean isQuiet() {
		return this.quiet;
	}

	/** Sets up the log; yields to {@code --logging.level...}, overrides all else. */
	public void use(CommandSpec command) {
		if (this.quiet && this.verbose) {
			throw new ParameterException(command.commandLine(), "--quiet and --verbose exclude each other");
		}
		if (this.quiet) {
			level("root", "warn");
			level("io.jobaudit", "warn");
		}
		if (this.quiet && this.format == LogFormat.JSON) {
			level(RunSummaryEvent.LOGGER, "info");
		}
		if (this.verbose) {
			level("io.jobaudit", "debug");
			level("org.flywaydb.core.internal.command", "info");
		}
		Enabled colours = Terminal.hasColours(Terminal.ERR) ? Enabled.ALWAYS : Enabled.NEVER;
		System.setProperty("spring.output.ansi.enabled", colours.name());
		AnsiOutput.setEnabled(colours);
		this.format.use();
	}

	private static void level(String logger, String level) {
		System.setProperty("logging.level." + logger, level);
	}

}
