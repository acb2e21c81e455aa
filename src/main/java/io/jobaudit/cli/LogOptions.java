package io.jobaudit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** How much every command tells on standard error, and in what form. */
final class LogOptions {

	/** The form of a log. */
	enum Format {

		TEXT, JSON;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	@Option(names = { "-q", "--quiet" }, scope = ScopeType.INHERIT,
			description = "Nothing but warnings and errors; of a run that ends in exit 0 not even the closing statement.")
	private boolean quiet;

	@Option(names = { "-v", "--verbose" }, scope = ScopeType.INHERIT, description = "Details of each step.")
	private boolean verbose;

	@Option(names = "--log-format", scope = ScopeType.INHERIT, paramLabel = "FORMAT", defaultValue = "text",
			description = "The log as ${COMPLETION-CANDIDATES}; json is ECS, one object a line. Default: ${DEFAULT-VALUE}.")
	private @Nullable Format format;

	boolean isQuiet() {
		return this.quiet;
	}

	boolean isJson() {
		return this.format == Format.JSON;
	}

	/**
	 * What Spring is to be told; what an operator sets on the command line comes later
	 * and wins.
	 */
	List<String> settings() {
		List<String> settings = new ArrayList<>();
		settings.add("--spring.output.ansi.enabled=" + (Terminal.isColored(2) ? "always" : "never"));
		if (isJson()) {
			settings.add("--logging.config=classpath:log-json.xml");
		}
		if (this.verbose) {
			settings.add("--logging.level.io.jobaudit=debug");
		}
		if (this.quiet) {
			settings.addAll(List.of("--logging.level.root=error", "--logging.level.io.jobaudit=warn"));
			if (!isJson()) {
				settings.add("--logging.level.run.summary=warn");
			}
		}
		return settings;
	}

}
