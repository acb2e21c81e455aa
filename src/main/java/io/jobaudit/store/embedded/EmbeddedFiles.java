package io.jobaudit.store.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.jobaudit.store.embedded.EmbeddedDatabase.EmbeddedDatabaseException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** The files in the embedded server's directory. */
record EmbeddedFiles(Path directory) {

	/** The files in a directory, created for owner and group if missing. */
	static EmbeddedFiles in(Path directory) {
		EmbeddedFiles files = new EmbeddedFiles(directory.toAbsolutePath().normalize());
		try {
			Permissions.createDirectory(files.directory);
			Permissions.createDirectory(files.binaries());
			return files;
		}
		catch (IOException ex) {
			throw new EmbeddedDatabaseException("cannot create the directory for the embedded PostgreSQL: "
					+ ex.getMessage() + "; set audit.data-directory to a writable directory", ex);
		}
	}

	/** The server's own data. */
	Path cluster() {
		return this.directory.resolve("postgres");
	}

	/**
	 * Deletes what an interrupted first start left: programs that are not all unpacked,
	 * and data that the server has not begun to use. Then notes that data is being made,
	 * if there is none. Password and port are written completely or not at all.
	 */
	void beginMaking() throws IOException {
		try (DirectoryStream<Path> programs = Files.newDirectoryStream(binaries(), "PG-*")) {
			for (Path unpacked : programs) {
				if (!Files.exists(unpacked.resolve(".exists"))) {
					FileSystemUtils.deleteRecursively(unpacked);
				}
			}
		}
		if (Files.exists(makingFile())) {
			FileSystemUtils.deleteRecursively(cluster());
		}
		if (!Files.exists(cluster())) {
			write(makingFile(), "");
		}
	}

	void endMaking() throws IOException {
		Files.deleteIfExists(makingFile());
	}

	boolean isInitialized() {
		return Files.exists(cluster().resolve("postgresql.conf"));
	}

	void writeRules(String rules) throws IOException {
		Files.writeString(cluster().resolve("pg_hba.conf"), rules);
	}

	/** The server's programs, unpacked. */
	Path binaries() {
		return this.directory.resolve("postgres-binaries");
	}

	Path log() {
		return this.directory.resolve("postgres.log");
	}

	/** Locked by the process that owns the server. */
	Path ownerLock() {
		return this.directory.resolve("postgres.owner");
	}

	/** The server's password, readable for the owner of the file only. */
	Path passwordFile() {
		return this.directory.resolve("postgres.password");
	}

	boolean hasPassword() {
		return Files.exists(passwordFile());
	}

	/** The password; empty if it is not set yet. */
	String password() throws IOException {
		return hasPassword() ? Files.readString(passwordFile()).strip() : "";
	}

	/** Writes the password, completely or not at all, and never readable for others. */
	void writePassword(String password) throws IOException {
		write(passwordFile(), password + "\n");
	}

	/** The port, chosen once and kept, so that tools find the server again. */
	int port() throws IOException {
		Path file = portFile();
		if (!Files.exists(file) || !Files.readString(file).strip().matches("\\d+")) {
			renewPort();
		}
		return Integer.parseInt(Files.readString(file).strip());
	}

	void renewPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			write(portFile(), Integer.toString(socket.getLocalPort()));
		}
	}

	/** Deletes the last start's log and lock file; the library does not. */
	void forgetLastStart() throws IOException {
		Files.deleteIfExists(log());
		Files.deleteIfExists(cluster().resolve("epg-lock"));
	}

	/** Why the server did not start, in its own words if it logged any. */
	String lastFatalLine(@Nullable String otherwise) {
		try {
			List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
			return lines.stream()
				.filter((line) -> line.contains("FATAL"))
				.reduce((first, second) -> second)
				.orElse(Objects.requireNonNullElse(otherwise, "no reason given"));
		}
		catch (IOException ex) {
			return otherwise + " (and its log cannot be read: " + ex.getMessage() + ")";
		}
	}

	private void write(Path file, String text) throws IOException {
		Path written = Permissions.createSecretFile(this.directory, file.getFileName().toString());
		Files.writeString(written, text);
		Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
	}

	/** Exists while the data is made for the first time. */
	private Path makingFile() {
		return this.directory.resolve("postgres.initializing");
	}

	private Path portFile() {
		return this.directory.resolve("postgres.port");
	}

	/**
	 * Files and directories that others can never read, not even while they are created.
	 * Windows has no such permissions: there they inherit those of the directory above.
	 */
	static final class Permissions {

		private static final Set<PosixFilePermission> OWNER_AND_GROUP = PosixFilePermissions.fromString("rwxr-x---");

		/** Creates it and those above; an existing one loses others' permissions. */
		static void createDirectory(Path directory) throws IOException {
			Files.createDirectories(directory, attributes(directory, OWNER_AND_GROUP));
			if (isPosix(directory)) {
				Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
				if (permissions.retainAll(OWNER_AND_GROUP)) {
					Files.setPosixFilePermissions(directory, permissions);
				}
			}
		}

		/** Creates an empty file for its owner only, by a prefix of its name. */
		static Path createSecretFile(Path directory, String prefix) throws IOException {
			return Files.createTempFile(directory, prefix, ".new",
					attributes(directory, PosixFilePermissions.fromString("rw-------")));
		}

		private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
			return isPosix(path) ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(permissions) }
					: new FileAttribute<?>[0];
		}

		private static boolean isPosix(Path path) {
			return path.getFileSystem().supportedFileAttributeViews().contains("posix");
		}

	}

}
