package io.jobaudit.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A directory that appears complete or not at all: it is filled under the name of a
 * hidden sibling, forced to disk, then renamed. Files that others have put into an
 * earlier directory of the same name are kept.
 */
final class StagedDirectory implements AutoCloseable {

	private final Path target;

	private final Path stage;

	private final Path former;

	private StagedDirectory(Path parent, String name, boolean isTrial) throws IOException {
		this.target = parent.resolve(name);
		this.former = parent.resolve("." + name + ".old");
		if (isTrial) {
			refuseFileInTheWay();
		}
		else {
			restoreFormer();
			refuseFileInTheWay();
			deleteLeftovers(parent, name);
		}
		this.stage = Directories.createTemporary(parent, stagePrefix(name) + (isTrial ? "trial-" : ""));
		Directories.create(files());
		Directories.create(scratch());
	}

	/** Prepares a directory in {@code parent}; cleans up after an earlier crash. */
	static StagedDirectory create(Path parent, String name) throws IOException {
		return new StagedDirectory(absolute(parent), name, false);
	}

	/**
	 * Prepares a directory that is not published. Runs of several accounts may try the
	 * same name at the same time, so each one leaves existing files.
	 */
	static StagedDirectory createTrial(Path parent, String name) throws IOException {
		return new StagedDirectory(absolute(parent), name, true);
	}

	private static Path absolute(Path parent) throws IOException {
		Path absolute = parent.toAbsolutePath();
		Directories.create(absolute);
		return absolute;
	}

	Path target() {
		return this.target;
	}

	Path file(String name) {
		return files().resolve(name);
	}

	/** A directory for temporary files, which are not published. */
	Path scratch() {
		return this.stage.resolve("scratch");
	}

	/** Why the file system refuses to write; null when it does not. */
	@Nullable IOException refusal() {
		try {
			Path probe = Files.write(scratch().resolve("probe"), new byte[1 << 16]);
			Files.delete(probe);
			return null;
		}
		catch (IOException ex) {
			return ex;
		}
	}

	private Path files() {
		return this.stage.resolve("files");
	}

	/**
	 * Replaces the target with the new files. Java cannot swap two directories in one
	 * step, so the old one is renamed first. After a crash between the two renames it is
	 * complete under its other name, and the next attempt restores it.
	 */
	void publish() throws IOException {
		Directories.forceWithFiles(files());
		if (exists(this.target)) {
			rename(this.target, this.former);
		}
		try {
			rename(files(), this.target);
		}
		catch (IOException ex) {
			restoreFormer();
			throw ex;
		}
		Directories.force(this.target.resolveSibling(""));
		deleteFormer();
	}

	@Override
	public void close() throws IOException {
		FileSystemUtils.deleteRecursively(this.stage);
	}

	private void restoreFormer() throws IOException {
		if (exists(this.former) && !exists(this.target)) {
			rename(this.former, this.target);
		}
	}

	private void refuseFileInTheWay() throws FileAlreadyExistsException {
		if (exists(this.target) && !Files.isDirectory(this.target, LinkOption.NOFOLLOW_LINKS)) {
			throw new FileAlreadyExistsException(this.target.toString());
		}
	}

	private void deleteLeftovers(Path parent, String name) throws IOException {
		deleteFormer();
		try (DirectoryStream<Path> stages = Files.newDirectoryStream(parent, stagePrefix(name) + "*")) {
			for (Path stage : stages) {
				FileSystemUtils.deleteRecursively(stage);
			}
		}
	}

	/** Files that others have put beside ours stay in the directory. */
	private void deleteFormer() throws IOException {
		if (exists(this.former)) {
			Set<String> own = RunDirectory.ownFiles(this.former);
			try (DirectoryStream<Path> files = Files.newDirectoryStream(this.former,
					(file) -> !own.contains(file.getFileName().toString()))) {
				for (Path file : files) {
					Path kept = this.target.resolve(file.getFileName());
					if (!exists(kept)) {
						rename(file, kept);
					}
				}
			}
			FileSystemUtils.deleteRecursively(this.former);
		}
	}

	private static void rename(Path from, Path to) throws IOException {
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
	}

	private static boolean exists(Path path) {
		return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
	}

	private static String stagePrefix(String name) {
		return "." + name + ".new-";
	}

	/** The reports could not be written; earlier reports are unchanged. */
	public static class ReportNotWrittenException extends AuditException {

		private static final long serialVersionUID = 1L;

		private static final String MESSAGE = "cannot write the reports %s to %s: %s."
				+ " The directory must be writable for this user and its disk must have free space;"
				+ " choose another directory with --reports or audit.report.directory";

		ReportNotWrittenException(String name, Path directory, IOException cause) {
			super(ExitStatus.OUTPUT, MESSAGE.formatted(name, directory.toAbsolutePath(), reason(cause)), cause);
		}

		private static String reason(IOException cause) {
			if (cause instanceof FileAlreadyExistsException inTheWay) {
				return inTheWay.getFile() + " exists and is not a directory";
			}
			if (cause instanceof AccessDeniedException denied) {
				return "no permission to write " + denied.getFile();
			}
			if (cause instanceof NoSuchFileException missing) {
				return missing.getFile() + " does not exist";
			}
			return String.valueOf(cause.getMessage());
		}

	}

}
