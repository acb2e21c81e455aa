package io.jobaudit.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the documentation, in Markdown.
 *
 * @param path where it is
 * @param text what it says
 */
record Page(Path path, String text) {

	static final Page README = of(Path.of("README.md"));

	static final Page OPERATIONS = of(Path.of("src/docs/OPERATIONS.md"));

	static final Page ARCHITECTURE = of(Path.of("src/docs/ARCHITECTURE.md"));

	private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");

	private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

	private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)]*)\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

	private static final Pattern COMMAND_LINE = Pattern
		.compile("(?m)(?:-jar \\S*job-audit\\.jar|^(?:[A-Z_]+=\\S+ )*job-audit) ([^\\n`|;#]+)");

	private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");

	static Page of(Path path) {
		try {
			return new Page(path, Files.readString(path));
		}
		catch (IOException ex) {
			throw new IllegalStateException("cannot read " + path, ex);
		}
	}

	/** The README and all pages in src/docs and .github. */
	static List<Page> all() throws IOException {
		List<Page> pages = new ArrayList<>(List.of(README));
		for (String directory : List.of("src/docs", ".github")) {
			try (Stream<Path> files = Files.list(Path.of(directory))) {
				files.filter((file) -> file.toString().endsWith(".md")).sorted().map(Page::of).forEach(pages::add);
			}
		}
		return pages;
	}

	/** Targets of links, those of code left out. */
	List<String> links() {
		return groups(LINK, CODE.matcher(prose()).replaceAll("code"));
	}

	/** What a link to a heading names, as GitHub makes it. */
	Set<String> anchors() {
		Map<String, Integer> seen = new HashMap<>();
		Set<String> anchors = new LinkedHashSet<>();
		for (String heading : groups(HEADING, prose())) {
			String anchor = heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
			int before = seen.merge(anchor, 1, Integer::sum) - 1;
			anchors.add((before == 0) ? anchor : anchor + "-" + before);
		}
		return anchors;
	}

	/** Arguments of each start of the program that a block of the page shows. */
	List<List<String>> commandLines() {
		return groups(COMMAND_LINE, String.join("\n", blocks())).stream()
			.map((line) -> WORD.matcher(line).results().map((word) -> {
				return (word.group(1) != null) ? word.group(1) : word.group();
			}).toList())
			.toList();
	}

	/** Texts in code style, those of blocks left out. */
	List<String> codes() {
		return groups(CODE, prose());
	}

	/** Blocks of code, pictures among them. */
	List<String> blocks() {
		return FENCE.matcher(this.text).results().map(MatchResult::group).toList();
	}

	/** Rows of the first table below a heading, without its head. */
	List<String> table(String heading) {
		return this.text.lines()
			.dropWhile((line) -> !line.equals(heading))
			.dropWhile((line) -> !line.startsWith("|"))
			.takeWhile((line) -> line.startsWith("|"))
			.skip(2)
			.toList();
	}

	private String prose() {
		return FENCE.matcher(this.text).replaceAll("");
	}

	static List<String> groups(Pattern pattern, String text) {
		return pattern.matcher(text)
			.results()
			.map((MatchResult match) -> match.group(1))
			.collect(Collectors.toCollection(ArrayList::new));
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}
