package io.jobaudit.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and directories that others can never read, not even while they are created.
 * Windows has no such permissions: there they inherit those of the directory above.
 */
final class Permissions {

	private static final Set<PosixFilePermission> OWNER_AND_GROUP = PosixFilePermissions.fromString("rwxr-x---");

	private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

	private Permissions() {
	}

	/**
	 * Creates a directory and missing directories above it; an existing one loses the
	 * permissions of others, and gains none.
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

	/**
	 * Creates an empty file for its owner only, with a name that begins with the prefix.
	 */
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
