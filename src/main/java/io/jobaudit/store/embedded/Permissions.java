package io.jobaudit.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and directories that others cannot read, from their first moment on. Windows has
 * no such permissions: there, they get what the directory above hands down.
 */
final class Permissions {

	private static final Set<PosixFilePermission> OWNER_AND_GROUP = PosixFilePermissions.fromString("rwxr-x---");

	private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

	private Permissions() {
	}

	/**
	 * Creates a directory and those above it that are missing; one that is there loses
	 * what others may, and gains nothing.
	 */
	static void createDirectory(Path directory) throws IOException {
		Files.createDirectories(directory, attributes(directory, OWNER_AND_GROUP));
		if (isPosix(directory)) {
			Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
			if (permissions.retainAll(OWNER_AND_GROUP)) {
				Files.setPosixFilePermissions(directory, permissions);
			}
		}
	}

	/** Creates an empty file for its owner alone, with a name that begins like this. */
	static Path createSecretFile(Path directory, String prefix) throws IOException {
		return Files.createTempFile(directory, prefix, ".new", attributes(directory, OWNER));
	}

	private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
		return isPosix(path) ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(permissions) }
				: new FileAttribute<?>[0];
	}

	private static boolean isPosix(Path path) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

}
