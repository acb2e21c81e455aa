package io.jobaudit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

/** The values in a directory of reports, file by file, as written or as committed. */
record GoldenFiles(Map<String, String> byName) {

	private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

	private static final int SHOWN_LINES = 10;

	/** Reads reports as they were written; a page has only words and charts. */
	static GoldenFiles ofReports(Path directory) throws IOException {
		Map<String, String> byName = new TreeMap<>();
		for (Path file : files(directory)) {
			String name = file.getFileName().toString();
			if (name.endsWith(".xlsx")) {
				byName.put(name + ".txt", WorkbookValues.of(file));
			}
			else if (!name.endsWith(".html")) {
				byName.put(name, withoutIdentity(withoutDigestsOfWords(Files.readString(file))));
			}
		}
		return new GoldenFiles(byName);
	}

	static GoldenFiles committed(String name) throws IOException {
		Map<String, String> byName = new TreeMap<>();
		for (Path file : files(GOLDEN.resolve(name))) {
			byName.put(file.getFileName().toString(), Files.readString(file));
		}
		return new GoldenFiles(byName);
	}

	/** Replaces the committed files. */
	void commit(String name) throws IOException {
		FileSystemUtils.deleteRecursively(GOLDEN.resolve(name));
		Files.createDirectories(GOLDEN.resolve(name));
		for (Map.Entry<String, String> file : this.byName.entrySet()) {
			Files.writeString(GOLDEN.resolve(name).resolve(file.getKey()), file.getValue());
		}
	}

	/** The first lines that differ; none if no line does. */
	List<String> differencesFrom(GoldenFiles golden) {
		Map<String, String> all = new TreeMap<>(golden.byName);
		this.byName.forEach(all::putIfAbsent);
		return all.keySet()
			.stream()
			.flatMap((name) -> differences(name, lines(golden, name), lines(this, name)))
			.limit(SHOWN_LINES)
			.toList();
	}

	private static Stream<String> differences(String name, List<String> golden, List<String> written) {
		return IntStream.range(0, Math.max(golden.size(), written.size()))
			.filter((line) -> !at(golden, line).equals(at(written, line)))
			.mapToObj((line) -> "%s, line %d: expected <%s>, but got <%s>".formatted(name, line + 1, at(golden, line),
					at(written, line)));
	}

	private static String at(List<String> lines, int line) {
		return (line < lines.size()) ? lines.get(line) : "(no line)";
	}

	private static List<String> lines(GoldenFiles files, String name) {
		String text = files.byName.get(name);
		return (text != null) ? List.of(text.split("\n", -1)) : List.of();
	}

	private static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.toList();
		}
	}

	/** Each database has another one. */
	private static String withoutIdentity(String text) {
		return text.replaceAll("  \"database\": \"[0-9a-f-]{36}\",\n", "");
	}

	/** The bytes of workbooks and pages depend on their words. */
	private static String withoutDigestsOfWords(String text) {
		return text.replaceAll("(\\.(?:xlsx|html)\",\\s+\"sha256\": \")[0-9a-f]{64}", "$1...");
	}

}
