package io.jobaudit.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jobaudit.cli.CommandLineAccess;
import io.jobaudit.cli.EndingsIT;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README and the manual say is what there is. */
class ReadmeTest {

	@Test
	void theTableOfExitCodesHasEveryExitCodeAndNoOther() {
		Set<Integer> documented = Page.README.table("## Exit codes")
			.stream()
			.flatMap((row) -> Arrays.stream(row.split("\\|")[1].strip().split(", ")))
			.map(Integer::valueOf)
			.collect(Collectors.toCollection(TreeSet::new));

		assertThat(documented).isEqualTo(Arrays.stream(EndingsIT.Ending.values())
			.map(EndingsIT.Ending::exitCode)
			.collect(Collectors.toCollection(TreeSet::new)));
	}

	@Test
	void theTableOfSettingsHasEverySettingWithItsDefault() {
		Set<String> documented = new TreeSet<>();
		for (String row : Page.README.table("## Settings")) {
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
	void itIsReadInOneGo() {
		assertThat(Page.README.text().lines()).hasSizeLessThanOrEqualTo(150);
	}

	@Test
	void theManualHasEveryCommandOptionAndSetting() throws Exception {
		CommandLine program = CommandLineAccess.program();
		String page = CommandLineAccess.manualPage().replace("\\-", "-");

		Set<String> commands = OperationsPageTest.commands(program.getCommandSpec(), "");
		assertThat(page).contains(CommandLineAccess.settings())
			.contains(commands.stream().map((name) -> ".SS " + name + "\n").toList());
		commands.forEach(
				(name) -> assertThat(page).contains(OperationsPageTest.command(program, name).optionsMap().keySet()));
	}

	private static String withDefault(JsonNode setting) {
		JsonNode standard = setting.path("defaultValue");
		String text = standard.isArray()
				? standard.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))
				: standard.asString("");
		return setting.get("name").stringValue() + (text.isEmpty() ? "" : " " + text);
	}

	/** Texts in code style. */
	static List<String> names(String cell) {
		return Page.groups(Pattern.compile("`([^`]+)`"), cell);
	}

}
