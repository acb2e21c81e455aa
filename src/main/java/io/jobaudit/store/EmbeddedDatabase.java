package io.jobaudit.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own for who has none: data kept in a directory, on the same
 * loopback port every time. One process owns it; another that comes while it runs uses it
 * as a guest.
 */
final class EmbeddedDatabase implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

	private static final Duration START_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration RECOVERY_TIMEOUT = Duration.ofMinutes(5);

	/**
	 * Reasons that pass: a killed postmaster's backends hold its locks for about a
	 * second, and a port can be taken.
	 */
	private static final List<String> PASSING = List.of("lock file", "shared memory", "listen socket", "TCP/IP socket");

	private static final Duration PAUSE = Duration.ofMillis(200);

	private static final int ATTEMPTS = 3;

	private final EmbeddedFiles files;

	private final int port;

	private final FileChannel ownership;

	private final boolean owned;

	private EmbeddedDatabase(EmbeddedFiles files, int port, FileChannel ownership, boolean owned) {
		this.files = files;
		this.port = port;
		this.ownership = ownership;
		this.owned = owned;
	}

	/**
	 * Starts the server, or joins the one that another process runs on the same data.
	 * @param directory where the data is kept; created when missing
	 * @throws EmbeddedDatabaseException when it does not start
	 */
	static EmbeddedDatabase start(Path directory) {
		EmbeddedFiles files = EmbeddedFiles.in(directory);
		try {
			FileChannel ownership = FileChannel.open(files.ownerLock(), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			boolean owned = ownOrAwait(files, ownership);
			if (owned) {
				// A server whose owner was killed is replaced, so that no backend is left
				// that still works for the dead.
				ServerProcess.stop(files.cluster());
				startOwn(files);
			}
			return new EmbeddedDatabase(files, files.port(), ownership, owned);
		}
		catch (IOException ex) {
			throw new EmbeddedDatabaseException("the embedded PostgreSQL cannot use " + files.directory() + ": "
					+ ex.getMessage() + "; make the directory writable or set audit.data-directory", ex);
		}
	}

	/** Where to connect. */
	String url() {
		return url(this.port);
	}

	@Override
	public void close() {
		try {
			if (this.owned) {
				ServerProcess.stop(this.files.cluster());
			}
			this.ownership.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the embedded PostgreSQL does not stop cleanly", ex);
		}
	}

	/**
	 * Becomes the owner, or waits until the owner's server answers: it may be starting,
	 * or stopping.
	 */
	private static boolean ownOrAwait(EmbeddedFiles files, FileChannel ownership) throws IOException {
		Instant end = Instant.now().plus(RECOVERY_TIMEOUT);
		while (ownership.tryLock() == null) {
			if (answers(files)) {
				LOG.info("Using the embedded PostgreSQL that another process runs in {}", files.cluster());
				return false;
			}
			if (Instant.now().isAfter(end)) {
				throw new IOException("another process owns it, and its server does not answer");
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
		return true;
	}

	private static boolean answers(EmbeddedFiles files) throws IOException {
		try (Connection connection = DriverManager.getConnection(url(files.port()), "postgres", "")) {
			return connection.isValid(1);
		}
		catch (SQLException ex) {
			LOG.debug("The embedded PostgreSQL is not ready", ex);
			return false;
		}
	}

	private static void startOwn(EmbeddedFiles files) throws IOException {
		for (int attempt = 1;; attempt++) {
			try {
				files.forgetLastStart();
				builder(files).start();
				return;
			}
			catch (IOException | IllegalStateException ex) {
				if (isReadyLater(files)) {
					return;
				}
				String reason = files.lastFatalLine(ex.getMessage());
				if (attempt == ATTEMPTS || PASSING.stream().noneMatch(reason::contains)) {
					throw new EmbeddedDatabaseException(
							"the embedded PostgreSQL in " + files.cluster() + " does not start: " + reason + "; see "
									+ files.log() + ", or set spring.datasource.url to a server of your own",
							ex);
				}
				LOG.warn("The embedded PostgreSQL does not start, trying again: {}", reason);
				files.renewPort();
			}
		}
	}

	/**
	 * A server that was killed first goes through its log: it runs, and answers when it
	 * is through.
	 */
	private static boolean isReadyLater(EmbeddedFiles files) throws IOException {
		Instant end = Instant.now().plus(RECOVERY_TIMEOUT);
		while (ServerProcess.isRunning(files.cluster()) && Instant.now().isBefore(end)) {
			if (answers(files)) {
				return true;
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
		return false;
	}

	private static String url(int port) {
		return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
	}

	private static EmbeddedPostgres.Builder builder(EmbeddedFiles files) throws IOException {
		return EmbeddedPostgres.builder()
			.setDataDirectory(files.cluster())
			.setCleanDataDirectory(false)
			.setOverrideWorkingDirectory(files.binaries().toFile())
			.setPort(files.port())
			.setPGStartupWait(START_TIMEOUT)
			.setRegisterShutdownHook(false)
			.setOutputRedirector(ProcessBuilder.Redirect.to(files.log().toFile()))
			.setLocaleConfig("locale", "C.UTF-8")
			.setServerConfig("listen_addresses", "127.0.0.1")
			.setServerConfig("unix_socket_directories", "")
			// The library switches both off for tests; this data is to be kept.
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on");
	}

}
