package io.jobaudit.ids;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jobaudit.FailureReason;
import io.jobaudit.csv.CsvFormat;
import io.jobaudit.ids.CsvFile.FileScan;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * CSV files of ids, read one after the other as one input.
 *
 * @param source what the operator named
 * @param idColumn column that holds the ids, by name or by number from 1; null to find it
 * in each file
 * @param sha256 SHA-256 in hex: of the bytes of a single file, or of the list of the
 * files' SHA-256, one per line
 */
public record CsvInput(String source, List<CsvFile> files, @Nullable String idColumn, String sha256) {

	/**
	 * Header of the list that {@code discover} writes; the first column is the id. When
	 * the list is an input, its other columns do not become labels: they describe a job
	 * at the time it was listed.
	 */
	public static final List<String> JOB_LIST_COLUMNS = List.of("job_id", "job_type", "state", "create_time");

	public static final String STANDARD_INPUT = "-";

	/** Bytes of standard input that are copied at once. */
	private static final int BUFFER = 1 << 20;

	public CsvInput {
		files = List.copyOf(files);
	}

	/**
	 * Opens files. Standard input is copied to a temporary file, so that it can be read
	 * twice.
	 * @param sources paths, patterns such as {@code in/*.csv.gz}, or {@code -}
	 * @throws BadInputException when a file is missing, unreadable, empty, clearly not
	 * CSV, or named twice
	 */
	public static CsvInput open(List<String> sources, CsvHints hints, InputStream standardInput) {
		List<CsvFile> files = new ArrayList<>();
		long offset = 0;
		for (String source : FilePattern.expand(sources)) {
			try {
				Path path = source.equals(STANDARD_INPUT) ? spool(source, standardInput) : existing(source);
				FileScan scan = FileScan.of(source, path, hints.encoding());
				CsvFile file = scan.file(source, path, offset);
				files.add(file.withDelimiter((hints.delimiter() != null) ? hints.delimiter()
						: InputLines.delimiter(file, hints.idColumn())));
				offset += scan.lines();
			}
			catch (IOException ex) {
				throw BadInputException.unreadable(source, ex);
			}
		}
		return of(String.join(" ", sources), files, hints.idColumn());
	}

	/**
	 * Opens a file of our own, such as the result of a query.
	 * @param source where the ids come from, for people
	 * @param idColumn column that holds the ids, null to find it
	 */
	public static CsvInput spooled(String source, Path file, @Nullable String idColumn) {
		try {
			return of(source, List.of(FileScan.of(source, file, null).file(source, file, 0)), idColumn);
		}
		catch (IOException ex) {
			throw BadInputException.unreadable(source, ex);
		}
	}

	/** Creates a file that is deleted when the process ends. */
	public static Path temporaryFile() throws IOException {
		Path file = Files.createTempFile("job-audit-ids-", ".csv");
		file.toFile().deleteOnExit();
		return file;
	}

	/** How its files are written, where that is not the standard; empty for none. */
	public String formats() {
		return this.files.stream()
			.map(CsvFile::format)
			.filter((format) -> !format.equals(CsvFormat.STANDARD))
			.map(CsvFormat::toString)
			.distinct()
			.collect(Collectors.joining("; "));
	}

	private static CsvInput of(String source, List<CsvFile> files, @Nullable String idColumn) {
		files.forEach((file) -> InputLines.checkStart(file, idColumn));
		String sha256 = (files.size() == 1) ? files.get(0).sha256() : DigestUtils
			.sha256Hex(files.stream().map((file) -> file.sha256() + "\n").collect(Collectors.joining()));
		return new CsvInput(source, files, idColumn, sha256);
	}

	/** A regular file, or a copy of what a pipe gives. */
	private static Path existing(String source) throws IOException {
		if (source.matches("(?i)[a-z]{2,}://.*")) {
			throw new BadInputException(("%s: ids are not read from a URL; download the file, or pass it on:"
					+ " curl -fsS URL | job-audit run --ids -")
				.formatted(source));
		}
		Path file = Path.of(source);
		if (!Files.exists(file)) {
			throw new BadInputException(
					"%s: no such file; give a CSV file of job ids".formatted(file.toAbsolutePath()));
		}
		if (Files.isDirectory(file)) {
			throw new BadInputException(
					"%s: a directory; give its files, such as '%s/*.csv'".formatted(file.toAbsolutePath(), source));
		}
		if (!Files.isReadable(file)) {
			throw new BadInputException("%s: not a file that this user can read; give a CSV file of job ids"
				.formatted(file.toAbsolutePath()));
		}
		if (Files.isRegularFile(file)) {
			return file;
		}
		try (InputStream pipe = Files.newInputStream(file)) {
			return spool(source, pipe);
		}
	}

	/** What cannot be read is a fault of the input, what cannot be written is not. */
	private static Path spool(String source, InputStream in) {
		try {
			Path file = temporaryFile();
			byte[] bytes = read(source, in);
			Files.write(file, bytes);
			while (bytes.length == BUFFER) {
				bytes = read(source, in);
				Files.write(file, bytes, StandardOpenOption.APPEND);
			}
			return file;
		}
		catch (IOException ex) {
			throw IdSourceException.unspoolable(source, ex);
		}
	}

	private static byte[] read(String source, InputStream in) {
		try {
			return in.readNBytes(BUFFER);
		}
		catch (IOException ex) {
			throw BadInputException.unreadable(source, ex);
		}
	}

	/** Expands file patterns that the shell has not expanded. */
	private static final class FilePattern {

		/**
		 * The files in the order given; those of a pattern are sorted by name.
		 * @throws BadInputException when a pattern matches no file, or a file is named
		 * twice
		 */
		static List<String> expand(List<String> sources) {
			Set<String> files = new LinkedHashSet<>();
			Set<Path> seen = new HashSet<>();
			for (String source : sources) {
				for (String file : isPattern(source) ? matching(source) : List.of(source)) {
					if (!files.add(file) || !seen.add(Path.of(file).toAbsolutePath().normalize())) {
						throw new BadInputException("%s: the file is named twice; name it once".formatted(file));
					}
				}
			}
			return List.copyOf(files);
		}

		private static boolean isPattern(String source) {
			return source.matches(".*[*?\\[{].*") && !Files.exists(Path.of(source));
		}

		private static List<String> matching(String pattern) {
			Path base = base(pattern);
			PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
			int depth = pattern.contains("**") ? Integer.MAX_VALUE
					: Math.max(1, Path.of(pattern).getNameCount() - base.getNameCount() + 1);
			try (Stream<Path> files = Files.isDirectory(base) ? Files.walk(base, depth, FileVisitOption.FOLLOW_LINKS)
					: Stream.empty()) {
				List<String> found = files.filter(Files::isRegularFile)
					// tools that copy files give unfinished ones such names
					.filter((file) -> !file.getFileName().toString().startsWith("."))
					.map((file) -> pattern.contains("/") ? file : base.relativize(file))
					.filter(matcher::matches)
					.map(Path::toString)
					.sorted()
					.toList();
				if (found.isEmpty()) {
					throw new BadInputException(
							"no file matches %s; check the directory and the pattern".formatted(pattern));
				}
				return found;
			}
			catch (IOException ex) {
				throw new BadInputException("%s: the directory cannot be read: %s; let this user read it"
					.formatted(pattern, FailureReason.ofFile(ex)), ex);
			}
		}

		/** The deepest directory that contains every file that can match. */
		private static Path base(String pattern) {
			String fixed = pattern.replaceFirst("[*?\\[{].*", "");
			int slash = fixed.lastIndexOf('/');
			return (slash > 0) ? Path.of(fixed.substring(0, slash)) : Path.of((slash == 0) ? "/" : "");
		}

	}

}
