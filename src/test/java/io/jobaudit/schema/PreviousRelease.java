package io.jobaudit.schema;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

/**
 * The release whose jar must work on the tables of this one: a site installs a release by
 * migrating, and may go back to the release before without restoring a backup.
 */
final class PreviousRelease {

	static final String COMMIT = "473a925";

	private static final String PROPERTY = "job-audit.previous-jar";

	private PreviousRelease() {
	}

	/**
	 * Its jar, which {@code .ci/previous-release} builds; a test that asks is skipped
	 * when none is named.
	 */
	static Path jar() {
		String jar = System.getProperty(PROPERTY);
		Assumptions.assumeTrue(jar != null,
				"no jar of %s: build it with .ci/previous-release and name it with -D%s".formatted(COMMIT, PROPERTY));
		Path path = Path.of(jar).toAbsolutePath();
		if (!Files.isRegularFile(path)) {
			throw new IllegalStateException("-D%s names no file: %s".formatted(PROPERTY, path));
		}
		return path;
	}

}
