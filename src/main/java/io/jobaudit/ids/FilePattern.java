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

import io.jobaudit.FailureReason;

/** Expands file patterns that the shell has not expanded. */
final class FilePattern {

	private FilePattern() {
	}

	/**
	 * The files in the order given; those of a pattern are sorted by name.
	 * @throws BadInputException when a pattern matches no file, or a file is named twice
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
			throw new BadInputException("%s: the directory cannot be read: %s; let this user read it".formatted(pattern,
					FailureReason.ofFile(ex)), ex);
		}
	}

	/** The deepest directory that contains every file that can match. */
	private static Path base(String pattern) {
		String fixed = pattern.replaceFirst("[*?\\[{].*", "");
		int slash = fixed.lastIndexOf('/');
		return (slash > 0) ? Path.of(fixed.substring(0, slash)) : Path.of((slash == 0) ? "/" : "");
	}

}
