package io.jobaudit.report.definition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.jobaudit.report.subject.ReportQuery;
import org.apache.commons.io.input.BOMInputStream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The files of a workbook in one place: the packaged ones, or those of the site.
 *
 * @param name path of the folder, for messages
 * @param files text of each file by its name
 */
record DefinitionFolder(String name, Map<String, String> files) {

	static final String DEFINITION = "workbook.yml";

	private static final String SQL = ".sql";

	DefinitionFolder {
		files = Map.copyOf(files);
	}

	/** The packaged folders by workbook. */
	static Map<String, DefinitionFolder> packaged() {
		try {
			Map<String, Map<String, String>> workbooks = new TreeMap<>();
			for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:/sql/report/*/*")) {
				String[] path = file.getURL().getPath().split("/");
				workbooks.computeIfAbsent(path[path.length - 2], (name) -> new TreeMap<>())
					.put(path[path.length - 1], read(file));
			}
			Map<String, DefinitionFolder> folders = new TreeMap<>();
			workbooks.forEach((name, files) -> folders.put(name, new DefinitionFolder("sql/report/" + name, files)));
			folders.values().removeIf((folder) -> !folder.files().containsKey(DEFINITION));
			return folders;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read the packaged workbooks", ex);
		}
	}

	/** A site's folders by workbook; none when the directory is missing. */
	static Map<String, DefinitionFolder> of(Path directory) {
		Map<String, DefinitionFolder> folders = new TreeMap<>();
		if (Files.exists(directory)) {
			list(directory, Files::isDirectory).forEach((folder) -> folders.put(fileName(folder), folder(folder)));
		}
		return folders;
	}

	/** Names of its queries, without {@code .sql}. */
	List<String> queries() {
		return this.files.keySet()
			.stream()
			.filter((name) -> name.endsWith(SQL))
			.map((name) -> name.replace(SQL, ""))
			.toList();
	}

	/** One of its queries. */
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
		return new DefinitionFolder(folder.toString(), files);
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
		try (InputStream in = BOMInputStream.builder().setPath(file).get()) {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString();
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

	private static String read(Resource file) throws IOException {
		try (InputStream in = file.getInputStream()) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static String fileName(Path path) {
		return String.valueOf(path.getFileName());
	}

}
