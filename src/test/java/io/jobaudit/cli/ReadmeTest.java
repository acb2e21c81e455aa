package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README says of exit codes is what has been tested. */
class ReadmeTest {

	@Test
	void theTableOfWhatGoesWrongHasEveryExitCodeAndNoOther() throws Exception {
		Set<Integer> tested = Arrays.stream(EndingsIT.Ending.values())
			.map(EndingsIT.Ending::exitCode)
			.filter((code) -> code != 0)
			.collect(Collectors.toCollection(TreeSet::new));

		assertThat(documented()).isEqualTo(tested);
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
