package io.jobaudit.ids;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Names of files, and patterns that a shell has not expanded. */
final class FilePattern {

	private FilePattern() {
	}

	/**
	 * The files in the order named, those of a pattern by name.
	 * @throws BadInputException when a pattern matches no file, or a file is named twice
	 */
	static List<String> expand(List<String> sources) {
		Set<String> files = new LinkedHashSet<>();
		Set<Path> seen = new HashSet<>();
		for (String source : sources) {
			for (String file : isPattern(source) ? matching(source) : List.of(source)) {
				if (!files.add(file) || !seen.add(Path.of(file).toAbsolutePath().normalize())) {
					throw new BadInputException("expected each file once, but %s is named twice".formatted(file));
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
				// what is being copied stands there under such a name
				.filter((file) -> !file.getFileName().toString().startsWith("."))
				.map((file) -> pattern.contains("/") ? file : base.relativize(file))
				.filter(matcher::matches)
				.map(Path::toString)
				.sorted()
				.toList();
			if (found.isEmpty()) {
				throw new BadInputException("expected CSV files of job ids, but no file matches " + pattern);
			}
			return found;
		}
		catch (IOException ex) {
			throw new BadInputException("cannot look for " + pattern + ": " + ex.getMessage(), ex);
		}
	}

	/** The directory that holds all that can match. */
	private static Path base(String pattern) {
		String fixed = pattern.replaceFirst("[*?\\[{].*", "");
		int slash = fixed.lastIndexOf('/');
		return (slash > 0) ? Path.of(fixed.substring(0, slash)) : Path.of((slash == 0) ? "/" : "");
	}

}
