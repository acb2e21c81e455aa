package io.jobaudit.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Creates directories and files that only the owner and its group can read, and forces
 * them to disk. Windows has no such permissions: files there inherit those of the parent
 * directory.
 */
final class Directories {

	private static final String DIRECTORY = "rwxr-x---";

	private Directories() {
	}

	static void create(Path directory) throws IOException {
		Files.createDirectories(directory, permissions(directory, DIRECTORY));
	}

	static Path createTemporary(Path parent, String prefix) throws IOException {
		return Files.createTempDirectory(parent, prefix, permissions(parent, DIRECTORY));
	}

	static OutputStream createFile(Path file) throws IOException {
		return Channels.newOutputStream(Files.newByteChannel(file,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions(file, "rw-r-----")));
	}

	/** Forces a directory's files and their names to disk. */
	static void forceWithFiles(Path directory) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
			for (Path file : files) {
				force(file, StandardOpenOption.WRITE);
			}
		}
		force(directory);
	}

	/** Forces the names in a directory to disk, where the platform can. */
	static void force(Path directory) throws IOException {
		if (isPosix(directory)) {
			force(directory, StandardOpenOption.READ);
		}
	}

	private static void force(Path path, StandardOpenOption mode) throws IOException {
		try (FileChannel channel = FileChannel.open(path, mode)) {
			channel.force(true);
		}
	}

	private static FileAttribute<?>[] permissions(Path path, String permissions) {
		return isPosix(path)
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

	private static boolean isPosix(Path path) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

}
