package io.jobaudit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import io.jobaudit.store.embedded.EmbeddedDatabase;

/**
 * A PostgreSQL server of one test class alone, for what is the whole server's, such as
 * roles: the programs of {@link InstalledPostgres} if named, else the embedded one.
 *
 * @param url where it is
 * @param password of its superuser {@code postgres}
 * @param stop stops it
 */
public record OwnServer(String url, String password, AutoCloseable stop) implements AutoCloseable {

	public static OwnServer start(Path data) throws IOException, InterruptedException {
		Optional<Path> programs = InstalledPostgres.programs();
		if (programs.isPresent()) {
			InstalledPostgres installed = InstalledPostgres.start(programs.get(), data);
			return new OwnServer(installed.url(), "none", installed::stopImmediately);
		}
		EmbeddedDatabase embedded = EmbeddedDatabase.start(data);
		return new OwnServer(embedded.url(), embedded.password(), embedded);
	}

	@Override
	public void close() {
		try {
			this.stop.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException("the PostgreSQL of a test does not stop", ex);
		}
	}

}
