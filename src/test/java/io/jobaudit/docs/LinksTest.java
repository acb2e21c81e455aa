package io.jobaudit.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.jobaudit.cli.CommandLineAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** What the pages link to, and the commands that they show, exist. */
class LinksTest {

	private static final Pattern OPTION = Pattern.compile("(?<!\\S)(--[a-z-]+)(?![\\w.-])");

	private static final Map<String, CommandLine> COMMANDS = CommandLineAccess.program().getSubcommands();

	static List<Page> pages() throws IOException {
		return Page.all();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkLeadsToAFileOrAHeading(Page page) {
		assertThat(page.links().stream().filter((link) -> isBroken(page, link)).toList()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyCommandLineIsOne(Page page) {
		for (List<String> arguments : page.commandLines()) {
			if (!arguments.get(0).equals("COMMAND")) {
				assertThat(CommandLineAccess.parse(arguments).hasSubcommand()).as("%s is a command", arguments)
					.isTrue();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyOptionOfACommandIsOne(Page page) {
		assertThat(page.codes().stream().filter(LinksTest::hasUnknownOption).toList()).isEmpty();
	}

	@Test
	void noPageIsLeftOut() throws IOException {
		assertThat(pages()).extracting(Page::toString)
			.contains("README.md", "src/docs/ARCHITECTURE.md", "src/docs/CHANGELOG.md", "src/docs/FINANCE.md",
					"src/docs/OPERATIONS.md", "src/docs/SCHEMA.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md");
		assertThat(Page.README.links()).as("the front page leads to the others")
			.containsAll(pages().stream().map(Page::toString).filter((page) -> !page.equals("README.md")).toList());
	}

	@Test
	void whatIsBrokenIsFound() {
		Page page = new Page(Path.of("src/docs/SAMPLE.md"), """
				# A title: with `code` and, signs
				## Twice
				## Twice
				[a](#a-title-with-code-and-signs) [b](#twice-1) [c](../../README.md#exit-codes) [d](https://a.example)
				[e](#twice-2) [f](../README.md) [g](../../README.md#no-such-heading) `[h](code)`
				`report --month 2026-10` `report --moth 2026-10` `other --moth`
				```sh
				SOME_SETTING=1 job-audit close 2026-10 --reopen --reason "two words"   # [i](block)
				```
				""");

		assertThat(page.links().stream().filter((link) -> isBroken(page, link))).containsExactly("#twice-2",
				"../README.md", "../../README.md#no-such-heading");
		assertThat(page.codes().stream().filter(LinksTest::hasUnknownOption)).containsExactly("report --moth 2026-10");
		assertThat(page.commandLines())
			.containsExactly(List.of("close", "2026-10", "--reopen", "--reason", "two words"));
	}

	/** Whether a text is a command of ours with an option that it does not have. */
	private static boolean hasUnknownOption(String code) {
		CommandLine command = COMMANDS.get(code.split(" ")[0]);
		return command != null
				&& !command.getCommandSpec().optionsMap().keySet().containsAll(Page.groups(OPTION, code));
	}

	private static boolean isBroken(Page page, String link) {
		if (link.matches("https://.+")) {
			return false;
		}
		String[] parts = link.split("#", 2);
		Path target = parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
		if (parts.length == 1) {
			return !Files.exists(target) || target.startsWith("..");
		}
		Page linked = target.equals(page.path()) ? page : Files.isRegularFile(target) ? Page.of(target) : page;
		return !linked.path().equals(target) || !linked.anchors().contains(parts[1]);
	}

}
