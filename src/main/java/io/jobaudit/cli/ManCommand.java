package io.jobaudit.cli;

import java.util.concurrent.Callable;

import io.jobaudit.ExitStatus;
import io.jobaudit.cli.settings.KnownSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** The manual page, generated from the commands and settings. */
@Command(name = "generate-man", description = "Prints the manual page: generate-man > job-audit.1")
final class ManCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public Integer call() {
		System.out.print(page(this.spec.root()));
		return ExitStatus.COMPLETE.code();
	}

	static String page(CommandSpec program) {
		StringBuilder page = new StringBuilder(".TH JOB-AUDIT 1\n.SH NAME\njob-audit \\- "
				+ escaped(String.join(" ", program.usageMessage().description())) + "\n.SH SYNOPSIS\n");
		page.append(".B job-audit\n.I COMMAND\n[\\fIoptions\\fR] [\\-\\-\\fIname\\fR=\\fIvalue\\fR ...]\n");
		page.append(".SH COMMANDS\n");
		program.subcommands().values().forEach((command) -> command(page, command.getCommandSpec()));
		page.append(".SH OPTIONS OF EVERY COMMAND\n");
		options(page, program, true);
		page.append(
				".SH SETTINGS\nEach can be given as \\-\\-name=value, in config/application.yml, or in the environment"
						+ " as AUDIT_API_RATE.\n");
		KnownSettings.metadata().get("properties").forEach((setting) -> setting(page, setting));
		page.append(".SH EXIT STATUS\n");
		for (String line : program.usageMessage().footer()) {
			page.append(escaped(line)).append('\n');
		}
		return page.toString();
	}

	private static void command(StringBuilder page, CommandSpec command) {
		page.append(".SS ").append(escaped(command.qualifiedName().substring("job-audit ".length()))).append('\n');
		page.append(escaped(String.join(" ", command.usageMessage().description()))).append('\n');
		for (PositionalParamSpec parameter : command.positionalParameters()) {
			item(page, parameter.paramLabel(), parameter);
		}
		options(page, command, false);
		for (CommandLine deeper : command.subcommands().values()) {
			command(page, deeper.getCommandSpec());
		}
	}

	private static void options(StringBuilder page, CommandSpec command, boolean ofTheProgram) {
		for (OptionSpec option : command.options()) {
			if (ofTheProgram || !(option.inherited() || option.usageHelp() || option.versionHelp())) {
				String label = (option.arity().max() > 0) ? " " + option.paramLabel() : "";
				item(page, String.join(", ", option.names()) + label, option);
			}
		}
	}

	private static void item(StringBuilder page, String name, ArgSpec argument) {
		page.append(".TP\n.B ").append(escaped(name)).append('\n');
		String description = String.join(" ", argument.description())
			.replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()))
			.replace("${COMPLETION-CANDIDATES}", candidates(argument));
		page.append(escaped(description)).append('\n');
	}

	private static String candidates(ArgSpec argument) {
		Iterable<String> candidates = argument.completionCandidates();
		return (candidates != null) ? String.join(", ", candidates) : "";
	}

	private static void setting(StringBuilder page, JsonNode setting) {
		String name = setting.get("name").stringValue();
		if (name.startsWith(KnownSettings.PREFIX)) {
			String standard = setting.path("defaultValue").isMissingNode() ? ""
					: " Default: " + setting.get("defaultValue").toString().replace("\"", "") + ".";
			page.append(".TP\n.B ").append(escaped(name)).append('\n');
			page.append(escaped(setting.path("description").stringValue("") + "." + standard)).append('\n');
		}
	}

	/** A line that begins with a dot would be a roff command. */
	private static String escaped(String text) {
		String escaped = text.replace("\\", "\\e").replace("-", "\\-").replaceAll("\\s*\\R\\s*", " ");
		return (escaped.startsWith(".") || escaped.startsWith("'")) ? "\\&" + escaped : escaped;
	}

}
