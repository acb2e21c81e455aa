package io.jobaudit.cli;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.jobaudit.ExitStatus;
import io.jobaudit.PrintableText;
import io.jobaudit.cli.settings.EffectiveSetting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Shows and checks the settings, without database and network. */
@Command(name = "config", description = "Shows or checks the settings.",
		subcommands = { ConfigCommand.ShowSettings.class, ConfigCommand.CheckSettings.class })
final class ConfigCommand extends AuditCommand {

	@Override
	public Integer call() {
		throw misuse("config takes one of show, check", null);
	}

	@Command(name = "show",
			description = "Shows every setting with its value and where it comes from; secrets are masked.")
	static final class ShowSettings extends AuditCommand {

		@Option(names = "--json", description = "Print a JSON array.")
		private boolean json;

		@Override
		public Integer call() {
			List<EffectiveSetting> settings = EffectiveSetting.all(Application.environment(settings()));
			System.out.print(this.json ? json(settings) : text(settings));
			return ExitStatus.COMPLETE.code();
		}

		private static String text(List<EffectiveSetting> settings) {
			return settings.stream()
				.map((setting) -> "%-38s  # %s%n".formatted(
						setting.name() + ": " + PrintableText.of(Objects.requireNonNullElse(setting.value(), "")),
						setting.origin()))
				.collect(Collectors.joining());
		}

		private static String json(List<EffectiveSetting> settings) {
			ArrayNode array = JsonMapper.shared().createArrayNode();
			settings.forEach((setting) -> array.addObject()
				.put("name", setting.name())
				.put("value", setting.value())
				.put("origin", setting.origin()));
			return array.toPrettyString() + "\n";
		}

	}

	@Command(name = "check",
			description = "Lists everything in settings, prices and report definitions that a run would reject.")
	static final class CheckSettings extends AuditCommand {

		@Override
		public Integer call() {
			List<String> faults = SettingsFaults.of(settings());
			faults.forEach(Failures::say);
			if (faults.isEmpty()) {
				program().print("The settings are valid.\n", ExitStatus.COMPLETE);
				return ExitStatus.COMPLETE.code();
			}
			Failures
				.say("faults in the settings: %d (exit %d)".formatted(faults.size(), ExitStatus.CONFIGURATION.code()));
			return ExitStatus.CONFIGURATION.code();
		}

	}

}
