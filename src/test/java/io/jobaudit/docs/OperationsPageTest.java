package io.jobaudit.docs;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jobaudit.cli.CommandLineAccess;
import io.jobaudit.cli.EndingsIT;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of the operations page are complete, and say nothing that does not exist.
 */
class OperationsPageTest {

	private static final Pattern OPTION = Pattern.compile("(--[a-z-]+)");

	@Test
	void theTableOfTroublesHasEveryExitCodeAndNoOther() {
		Set<Integer> documented = Page.OPERATIONS.table("## Troubleshooting")
			.stream()
			.flatMap((row) -> Arrays.stream(row.split("\\|")[2].split("\\D+")))
			.filter((code) -> !code.isEmpty())
			.map(Integer::valueOf)
			.collect(Collectors.toCollection(TreeSet::new));

		assertThat(documented).isEqualTo(Arrays.stream(EndingsIT.Ending.values())
			.map(EndingsIT.Ending::exitCode)
			.filter((code) -> code != 0)
			.collect(Collectors.toCollection(TreeSet::new)));
	}

	@Test
	void theTableOfCommandsHasEveryCommandAndNoneButItsOptions() {
		CommandLine program = CommandLineAccess.program();
		Set<String> documented = new TreeSet<>();
		for (String row : Page.OPERATIONS.table("## Commands")) {
			String[] cells = row.split("\\|");
			Set<String> names = Set.copyOf(ReadmeTest.names(cells[1]));
			documented.addAll(names);
			Set<String> known = names.stream()
				.flatMap((name) -> Stream.concat(Stream.of("--ids"),
						command(program, name).optionsMap().keySet().stream()))
				.collect(Collectors.toSet());
			assertThat(known).as(row).containsAll(Page.groups(OPTION, cells[2]));
		}

		assertThat(documented).isEqualTo(commands(program.getCommandSpec(), ""));
	}

	/** Names of all commands below one, those deeper with the name above. */
	static Set<String> commands(CommandSpec command, String prefix) {
		Set<String> names = new TreeSet<>();
		command.subcommands().forEach((name, deeper) -> {
			names.add(prefix + name);
			names.addAll(commands(deeper.getCommandSpec(), prefix + name + " "));
		});
		return names;
	}

	static CommandSpec command(CommandLine program, String name) {
		CommandLine command = program;
		for (String word : name.split(" ")) {
			command = Objects.requireNonNull(command.getSubcommands().get(word), name);
		}
		return command.getCommandSpec();
	}

}
