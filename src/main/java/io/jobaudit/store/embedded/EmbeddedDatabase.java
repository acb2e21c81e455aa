package io.jobaudit.store.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server for users who have none: it keeps its data in a directory, and the
 * same loopback port. One process owns it; others that start while it runs use it as
 * guests.
 */
public final class EmbeddedDatabase implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

	private final EmbeddedFiles files;

	private final String url;

	private final String password;

	private final FileChannel ownership;

	private final boolean owned;

	private EmbeddedDatabase(EmbeddedFiles files, EmbeddedAccess access, FileChannel ownership, boolean owned)
			throws IOException {
		this.files = files;
		this.url = access.url();
		this.password = files.password();
		this.ownership = ownership;
		this.owned = owned;
	}

	/**
	 * Starts the server, or uses the one that another process runs on the same data.
	 * @param directory where the data is kept; created when missing
	 * @throws EmbeddedDatabaseException when it does not start
	 */
	public static EmbeddedDatabase start(Path directory) {
		EmbeddedFiles files = EmbeddedFiles.in(directory);
		try {
			FileChannel ownership = FileChannel.open(files.ownerLock(), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			EmbeddedAccess access = new EmbeddedAccess(files);
			boolean owned = ownOrAwait(files, access, ownership);
			if (owned) {
				// A server whose owner was killed is replaced, so that no backend still
				// works for the killed process.
				ServerProcess.stop(files.cluster());
				ServerProcess.forgetStale(files.cluster());
				files.beginMaking();
				new EmbeddedServer(files, access).start();
				files.endMaking();
			}
			return new EmbeddedDatabase(files, access, ownership, owned);
		}
		catch (IOException ex) {
			throw new EmbeddedDatabaseException("the embedded PostgreSQL cannot use " + files.directory() + ": "
					+ ex.getMessage() + "; make the directory writable or set audit.data-directory", ex);
		}
	}

	public String url() {
		return this.url;
	}

	public String password() {
		return this.password;
	}

	@Override
	public void close() {
		try (this.ownership) {
			if (this.owned) {
				ServerProcess.stop(this.files.cluster());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the embedded PostgreSQL does not stop cleanly: " + ex.getMessage(), ex);
		}
	}

	/** Becomes the owner, or waits for the owner's server to answer. */
	private static boolean ownOrAwait(EmbeddedFiles files, EmbeddedAccess access, FileChannel ownership)
			throws IOException {
		Instant end = Instant.now().plus(EmbeddedServer.RECOVERY_TIMEOUT);
		while (ownership.tryLock() == null) {
			if (access.isAnswered()) {
				LOG.info("Using the embedded PostgreSQL that another process runs in {}", files.cluster());
				return false;
			}
			if (Instant.now().isAfter(end)) {
				throw new IOException("another process owns it, and its server does not answer");
			}
			LockSupport.parkNanos(EmbeddedServer.PAUSE.toNanos());
		}
		return true;
	}

	/** The embedded PostgreSQL does not start; the message says why and what to do. */
	public static class EmbeddedDatabaseException extends AuditException {

		private static final long serialVersionUID = 1L;

		EmbeddedDatabaseException(String message, Throwable cause) {
			super(ExitStatus.UNAVAILABLE, message, cause);
		}

	}

}
