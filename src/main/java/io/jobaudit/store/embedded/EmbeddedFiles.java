package io.jobaudit.store.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** What lies in the embedded server's directory. */
record EmbeddedFiles(Path directory) {

	/**
	 * The files in a directory, which is created for its owner and group when missing.
	 */
	static EmbeddedFiles in(Path directory) {
		EmbeddedFiles files = new EmbeddedFiles(directory.toAbsolutePath().normalize());
		try {
			Permissions.createDirectory(files.directory);
			Permissions.createDirectory(files.binaries());
			return files;
		}
		catch (IOException ex) {
			throw new EmbeddedDatabaseException("the directory for the embedded PostgreSQL cannot be made: "
					+ ex.getMessage() + "; set audit.data-directory to one that can be written", ex);
		}
	}

	/** The server's own data. */
	Path cluster() {
		return this.directory.resolve("postgres");
	}

	/** Whether the server's own data has been created. */
	boolean isInitialized() {
		return Files.exists(cluster().resolve("postgresql.conf"));
	}

	/** Writes the server's rules for connections. */
	void writeRules(String rules) throws IOException {
		Files.writeString(cluster().resolve("pg_hba.conf"), rules);
	}

	/** The server's programs, unpacked. */
	Path binaries() {
		return this.directory.resolve("postgres-binaries");
	}

	/** What the server says. */
	Path log() {
		return this.directory.resolve("postgres.log");
	}

	/** Locked by the process that owns the server. */
	Path ownerLock() {
		return this.directory.resolve("postgres.owner");
	}

	/** The server's password, for the owner of the file alone. */
	Path passwordFile() {
		return this.directory.resolve("postgres.password");
	}

	boolean hasPassword() {
		return Files.exists(passwordFile());
	}

	/** The password; empty when there is none yet. */
	String password() throws IOException {
		return hasPassword() ? Files.readString(passwordFile()).strip() : "";
	}

	/** Writes the password, whole or not at all, and never readable for others. */
	void writePassword(String password) throws IOException {
		Path written = Permissions.createSecretFile(this.directory, "postgres.password");
		Files.writeString(written, password + "\n");
		Files.move(written, passwordFile(), StandardCopyOption.ATOMIC_MOVE);
	}

	/**
	 * The port, chosen once and kept, so that who has it in a tool finds the server
	 * again.
	 */
	int port() throws IOException {
		Path file = portFile();
		if (!Files.exists(file)) {
			renewPort();
		}
		return Integer.parseInt(Files.readString(file).strip());
	}

	/** Chooses another port. */
	void renewPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Files.writeString(portFile(), Integer.toString(socket.getLocalPort()));
		}
	}

	/**
	 * Clears what the last start left: its log, and the library's lock file, which it
	 * never gives back.
	 */
	void forgetLastStart() throws IOException {
		Files.deleteIfExists(log());
		Files.deleteIfExists(cluster().resolve("epg-lock"));
	}

	/** Why the server did not start, in its own words where it left any. */
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

	private Path portFile() {
		return this.directory.resolve("postgres.port");
	}

}
