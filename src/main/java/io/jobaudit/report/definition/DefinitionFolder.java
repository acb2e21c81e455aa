package io.jobaudit.report.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.jobaudit.report.definition.LocatedText.SourceLocation;
import io.jobaudit.report.subject.ReportQuery;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The files of a workbook in one place: the packaged ones, or those of the site.
 *
 * @param workbook name of the workbook and of the folder
 * @param name path of the folder, for messages
 */
record DefinitionFolder(String workbook, String name, Map<String, String> files) {

	static final String DEFINITION = "workbook.yml";

	private static final String SQL = ".sql";

	static Stream<DefinitionFolder> packaged() {
		try {
			Map<String, Map<String, String>> workbooks = new TreeMap<>();
			for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:/sql/report/*/*")) {
				String[] path = file.getURL().getPath().split("/");
				workbooks.computeIfAbsent(path[path.length - 2], (name) -> new TreeMap<>())
					.put(path[path.length - 1], file.getContentAsString(StandardCharsets.UTF_8));
			}
			return workbooks.entrySet()
				.stream()
				.map((entry) -> new DefinitionFolder(entry.getKey(), "sql/report/" + entry.getKey(), entry.getValue()))
				.filter((folder) -> folder.files().containsKey(DEFINITION));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read the packaged workbooks", ex);
		}
	}

	/** A site's folders; none when the directory is missing. */
	static Stream<DefinitionFolder> of(Path directory) {
		return Files.exists(directory) ? list(directory, Files::isDirectory).stream().map(DefinitionFolder::folder)
				: Stream.empty();
	}

	List<String> queries() {
		return this.files.keySet()
			.stream()
			.filter((name) -> name.endsWith(SQL))
			.map((name) -> name.replace(SQL, ""))
			.toList();
	}

	ReportQuery query(String query) {
		return new ReportQuery(path(query + SQL), this.files.getOrDefault(query + SQL, ""));
	}

	String path(String file) {
		return this.name + "/" + file;
	}

	private static DefinitionFolder folder(Path folder) {
		Map<String, String> files = new TreeMap<>();
		list(folder, (file) -> fileName(file).equals(DEFINITION) || fileName(file).endsWith(SQL))
			.forEach((file) -> files.put(fileName(file), read(file)));
		return new DefinitionFolder(fileName(folder), folder.toString(), files);
	}

	private static List<Path> list(Path directory, Predicate<Path> wanted) {
		try (Stream<Path> found = Files.list(directory)) {
			return found.filter((path) -> !fileName(path).startsWith(".")).filter(wanted).toList();
		}
		catch (IOException ex) {
			throw new ReportDefinitionException(SourceLocation.of(directory.toString()),
					"cannot read the directory: " + ex.getMessage(), ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file).replaceFirst("^\uFEFF", "");
		}
		catch (CharacterCodingException ex) {
			throw new ReportDefinitionException(SourceLocation.of(file.toString()),
					"the file is not in UTF-8; save it in UTF-8", ex);
		}
		catch (IOException ex) {
			throw new ReportDefinitionException(SourceLocation.of(file.toString()),
					"cannot read the file: " + ex.getMessage(), ex);
		}
	}

	private static String fileName(Path path) {
		return String.valueOf(path.getFileName());
	}

}
