package io.jobaudit.cli;

import java.util.List;
import java.util.Set;

import io.jobaudit.cli.JobAudit.Arguments;
import io.jobaudit.cli.settings.KnownSettings;
import io.jobaudit.cli.settings.SettingsCheck;
import org.springframework.core.env.ConfigurableEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;

/** What tests of documents and samples ask of the command line. */
public final class CommandLineAccess {

	private CommandLineAccess() {
	}

	public static CommandLine program() {
		return JobAudit.commandLine();
	}

	/** Parses a command line without running it. */
	public static ParseResult parse(List<String> arguments) {
		return program().parseArgs(Arguments.split(arguments.toArray(String[]::new)).command().toArray(String[]::new));
	}

	public static String manualPage() {
		return ManCommand.page(program().getCommandSpec());
	}

	public static Set<String> settings() {
		return KnownSettings.ours().names();
	}

	public static JsonNode settingsMetadata() {
		return KnownSettings.metadata();
	}

	/** Throws if a setting is unknown. */
	public static void checkSettings(ConfigurableEnvironment environment) {
		SettingsCheck.check(environment);
	}

}
