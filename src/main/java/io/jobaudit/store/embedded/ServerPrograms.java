package io.jobaudit.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;

/**
 * The server's programs, unpacked into a directory of their own. The library unpacks once
 * for a resolver, whatever directory is asked: by this value's equality, once for a
 * directory, so that no server runs from another's, which may be deleted under it.
 *
 * @param directory where they are unpacked
 */
record ServerPrograms(Path directory) implements PgBinaryResolver {

	@Override
	public InputStream getPgBinary(String system, String architecture) throws IOException {
		return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, architecture);
	}

}
