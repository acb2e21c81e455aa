package io.jobaudit.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The architecture page names the packages that exist, and what they import. */
class ArchitecturePageTest {

	private static final Path BASE = Path.of("src/main/java/io/jobaudit");

	private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?io\\.jobaudit\\.([a-z.]+)\\.[A-Z]");

	private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*");

	/** In a picture or an example, one word is not a type. */
	private static final Pattern TYPE_OF_WORDS = Pattern.compile("\\b([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+)\\b");

	private static final Set<String> FOR_DEVELOPERS = Set.of("src/docs/ARCHITECTURE.md", ".github/CONTRIBUTING.md");

	private static final Set<String> OF_OTHERS = Set.of("AsyncItemProcessor", "ExitCodeGenerator", "SQLException");

	@Test
	void theTableOfPackagesHasEveryPackageWithItsImports() throws IOException {
		List<String> documented = Page.ARCHITECTURE.table("## Packages").stream().map((row) -> {
			String[] cells = row.split("\\|");
			return row(ReadmeTest.names(cells[1]).get(0), new TreeSet<>(ReadmeTest.names(cells[3])));
		}).toList();

		assertThat(documented).containsExactlyInAnyOrderElementsOf(packages());
	}

	@Test
	void everyTypeThatIsNamedExists() throws IOException {
		Set<String> types = new TreeSet<>(OF_OTHERS);
		for (String directory : List.of("src/main/java", "src/test/java")) {
			try (Stream<Path> files = Files.walk(Path.of(directory))) {
				files.map((file) -> file.getFileName().toString().replaceFirst("\\.java$", "")).forEach(types::add);
			}
		}

		// Other pages name columns and options of other programs, which look like types.
		for (Page page : Page.all().stream().filter((one) -> FOR_DEVELOPERS.contains(one.toString())).toList()) {
			Stream<String> named = Stream.concat(page.codes().stream().filter(TYPE.asMatchPredicate()),
					page.blocks().stream().flatMap((block) -> Page.groups(TYPE_OF_WORDS, block).stream()));
			assertThat(named.filter((type) -> !types.contains(type)).toList()).as("%s", page).isEmpty();
		}
	}

	/**
	 * Every package with the other packages that it imports; the base package is a dot.
	 */
	private static List<String> packages() throws IOException {
		List<String> rows = new ArrayList<>();
		try (Stream<Path> files = Files.walk(BASE)) {
			Map<Path, List<Path>> packages = files.filter((file) -> file.toString().endsWith(".java"))
				.collect(Collectors.groupingBy(Path::getParent));
			for (Map.Entry<Path, List<Path>> entry : packages.entrySet()) {
				String name = BASE.relativize(entry.getKey()).toString().replace('/', '.');
				Set<String> imported = new TreeSet<>();
				for (Path file : entry.getValue()) {
					imported.addAll(Page.groups(IMPORT, Files.readString(file)));
				}
				imported.remove(name);
				rows.add(row(name.isEmpty() ? "." : name, imported));
			}
		}
		return rows;
	}

	private static String row(String name, Set<String> imported) {
		return name + " imports " + String.join(", ", imported);
	}

}
