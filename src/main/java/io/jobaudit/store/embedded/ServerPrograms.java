package io.jobaudit.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;

/**
 * The server's programs, unpacked into a directory of their own. The library unpacks once
 * for each resolver, whatever its directory. Resolvers of different directories are not
 * equal, so that no server runs from another's directory, which may be deleted.
 *
 * @param directory where they are unpacked
 */
record ServerPrograms(Path directory) implements PgBinaryResolver {

	@Override
	public InputStream getPgBinary(String system, String architecture) throws IOException {
		return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, architecture);
	}

}
