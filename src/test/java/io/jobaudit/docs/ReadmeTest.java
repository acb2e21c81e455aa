package io.jobaudit.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jobaudit.cli.CommandLineAccess;
import io.jobaudit.cli.EndingsIT;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README and the manual say is what there is. */
class ReadmeTest {

	@Test
	void theTableOfWhatGoesWrongHasEveryExitCodeAndNoOther() throws Exception {
		Set<Integer> tested = Arrays.stream(EndingsIT.Ending.values())
			.map(EndingsIT.Ending::exitCode)
			.filter((code) -> code != 0)
			.collect(Collectors.toCollection(TreeSet::new));

		assertThat(documented()).isEqualTo(tested);
	}

	@Test
	void theTableOfCommandsHasEveryCommandAndNoneButItsOptions() throws IOException {
		CommandLine program = CommandLineAccess.program();
		Set<String> documented = new TreeSet<>();
		for (String row : table("## Commands")) {
			String[] cells = row.split("\\|");
			names(cells[1]).forEach(documented::add);
			Set<String> options = Pattern.compile("--[a-z-]+")
				.matcher(cells[2])
				.results()
				.map(MatchResult::group)
				.collect(Collectors.toSet());
			Set<String> known = names(cells[1]).stream()
				.flatMap((name) -> Stream.concat(Stream.of("--ids"),
						command(program, name).optionsMap().keySet().stream()))
				.collect(Collectors.toSet());
			assertThat(known).as(row).containsAll(options);
		}

		assertThat(documented).isEqualTo(commands(program.getCommandSpec(), ""));
	}

	@Test
	void theTableOfSettingsHasEverySettingWithItsDefault() throws IOException {
		Set<String> documented = new TreeSet<>();
		for (String row : table("## Settings")) {
			String[] cells = row.split("\\|");
			String prefix = names(cells[1]).get(0);
			Stream.of(cells[2].split(", (?=`)"))
				.map(String::strip)
				.forEach((cell) -> documented.add(prefix + cell.replace("`", "")));
		}

		assertThat(documented).isEqualTo(CommandLineAccess.settingsMetadata()
			.get("properties")
			.valueStream()
			.filter((setting) -> setting.get("name").stringValue().startsWith("audit."))
			.map(ReadmeTest::withDefault)
			.collect(Collectors.toCollection(TreeSet::new)));
	}

	@Test
	void itIsReadInOneGo() throws IOException {
		assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(205);
	}

	@Test
	void theManualHasEveryCommandOptionAndSetting() throws Exception {
		CommandLine program = CommandLineAccess.program();
		String page = CommandLineAccess.manualPage().replace("\\-", "-");

		assertThat(page).contains(CommandLineAccess.settings())
			.contains(commands(program.getCommandSpec(), "").stream().map((name) -> ".SS " + name + "\n").toList());
		commands(program.getCommandSpec(), "")
			.forEach((name) -> assertThat(page).contains(command(program, name).optionsMap().keySet()));
	}

	private static String withDefault(JsonNode setting) {
		JsonNode standard = setting.path("defaultValue");
		String text = standard.isArray()
				? standard.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))
				: standard.asString("");
		return setting.get("name").stringValue() + (text.isEmpty() ? "" : " " + text);
	}

	private static Set<String> commands(CommandSpec command, String prefix) {
		Set<String> names = new TreeSet<>();
		command.subcommands().forEach((name, deeper) -> {
			names.add(prefix + name);
			names.addAll(commands(deeper.getCommandSpec(), prefix + name + " "));
		});
		return names;
	}

	private static CommandSpec command(CommandLine program, String name) {
		CommandLine command = program;
		for (String word : name.split(" ")) {
			command = Objects.requireNonNull(command.getSubcommands().get(word), name);
		}
		return command.getCommandSpec();
	}

	private static List<String> names(String cell) {
		return Pattern.compile("`([^`]+)`").matcher(cell).results().map((match) -> match.group(1)).toList();
	}

	/** Rows of the first table below a heading. */
	private static List<String> table(String heading) throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("README.md"))) {
			return lines.dropWhile((line) -> !line.equals(heading))
				.dropWhile((line) -> !line.startsWith("|"))
				.takeWhile((line) -> line.startsWith("|"))
				.skip(2)
				.toList();
		}
	}

	private static Set<Integer> documented() throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("README.md"))) {
			return lines.dropWhile((line) -> !line.equals("## When it goes wrong"))
				.takeWhile((line) -> !line.equals("## For who works on it"))
				.filter((line) -> line.startsWith("| "))
				.flatMap((line) -> Arrays.stream(line.split("\\|")[2].split("\\D+")))
				.filter((code) -> !code.isEmpty())
				.map(Integer::valueOf)
				.collect(Collectors.toCollection(TreeSet::new));
		}
	}

}
