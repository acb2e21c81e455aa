package io.jobaudit.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.jobaudit.store.embedded.EmbeddedDatabase.EmbeddedDatabaseException;
import io.jobaudit.store.embedded.EmbeddedFiles.Permissions;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the server on existing data, or creates the data. */
record EmbeddedServer(EmbeddedFiles files, EmbeddedAccess access) {

	/** A server that was killed first replays its log. */
	static final Duration RECOVERY_TIMEOUT = Duration.ofMinutes(5);

	static final Duration PAUSE = Duration.ofMillis(200);

	private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

	/** A killed postmaster's backends hold locks for a second; ports can be in use. */
	private static final List<String> TEMPORARY = List.of("lock file", "shared memory", "listen socket",
			"TCP/IP socket");

	/**
	 * Starts it.
	 * @throws EmbeddedDatabaseException when it does not start, in the server's own words
	 */
	void start() throws IOException {
		this.access.prepare();
		try {
			startPatiently();
			this.access.secure();
		}
		catch (EmbeddedDatabaseException | IOException ex) {
			ServerProcess.stop(this.files.cluster());
			throw ex;
		}
	}

	private void startPatiently() throws IOException {
		for (int attempt = 1;; attempt++) {
			try {
				this.files.forgetLastStart();
				builder().start();
				return;
			}
			catch (IOException | RuntimeException ex) {
				requireRunnable(ex);
				if (isReadyLater()) {
					return;
				}
				String reason = this.files.lastFatalLine(ex.getMessage());
				if (attempt == 3 || TEMPORARY.stream().noneMatch(reason::contains)) {
					throw new EmbeddedDatabaseException("the embedded PostgreSQL in " + this.files.cluster()
							+ " does not start: " + reason + "; see " + this.files.log()
							+ ", or set spring.datasource.url to a server of your own", ex);
				}
				LOG.warn("The embedded PostgreSQL does not start, trying again: {}", reason);
				this.files.renewPort();
			}
		}
	}

	/** The library says nothing about it that one could tell from other failures. */
	private void requireRunnable(Exception failure) throws IOException {
		try (Stream<Path> programs = Files.walk(this.files.binaries())) {
			if (programs.anyMatch((program) -> program.endsWith("bin/initdb") && !Files.isExecutable(program))) {
				throw new EmbeddedDatabaseException("the embedded PostgreSQL does not start: no program may run in "
						+ this.files.binaries() + ", whose disk may be mounted noexec; set audit.data-directory to a"
						+ " directory on another disk", failure);
			}
		}
	}

	private boolean isReadyLater() throws IOException {
		Instant end = Instant.now().plus(RECOVERY_TIMEOUT);
		while (ServerProcess.isRunning(this.files.cluster()) && Instant.now().isBefore(end)) {
			if (this.access.isAnswered()) {
				return true;
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
		return false;
	}

	private EmbeddedPostgres.Builder builder() throws IOException {
		return EmbeddedPostgres.builder()
			.setDataDirectory(this.files.cluster())
			.setCleanDataDirectory(false)
			.setOverrideWorkingDirectory(this.files.binaries().toFile())
			.setPgBinaryResolver(new ServerPrograms(this.files.binaries()))
			.setPort(this.files.port())
			.setPGStartupWait(Duration.ofSeconds(5))
			.setRegisterShutdownHook(false)
			.setOutputRedirector(ProcessBuilder.Redirect.to(this.files.log().toFile()))
			.setLocaleConfig("locale", "C.UTF-8")
			// initdb gets these as --name=value: so the password is set from the start
			// and no command line shows it.
			.setLocaleConfig("pwfile", this.files.passwordFile().toString())
			.setConnectConfig("password", this.files.password())
			.setDataDirectoryCustomizer((cluster) -> restrict())
			.setServerConfig("listen_addresses", "127.0.0.1")
			.setServerConfig("unix_socket_directories", "")
			// The library switches both off for tests, but this data must be kept.
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on");
	}

	private void restrict() {
		try {
			this.access.restrict();
			// The library makes it writable for all.
			Permissions.createDirectory(this.files.binaries());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot restrict connections", ex);
		}
	}

	/**
	 * The server's programs, unpacked into a directory of their own. The library unpacks
	 * once for each resolver, whatever its directory. Resolvers of different directories
	 * are not equal, so that no server runs from another's directory, which may be
	 * deleted.
	 */
	private record ServerPrograms(Path directory) implements PgBinaryResolver {

		@Override
		public InputStream getPgBinary(String system, String architecture) throws IOException {
			return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, architecture);
		}

	}

}
