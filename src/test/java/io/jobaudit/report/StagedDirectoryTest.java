package io.jobaudit.report;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class StagedDirectoryTest {

	@TempDir
	private Path parent;

	/** Two accounts of a night begin, and each expects the next number of a run. */
	@Test
	void trialsOfOneNameDoNotDisturbEachOther() throws IOException {
		try (StagedDirectory first = StagedDirectory.createTrial(this.parent, "run-1");
				StagedDirectory second = StagedDirectory.createTrial(this.parent, "run-1")) {
			assertThat(first.refusal()).isNull();
			assertThat(second.refusal()).isNull();
		}

		assertThat(this.parent).isEmptyDirectory();
	}

	@Test
	@SuppressWarnings("resource") // as after a crash
	void reportsCleanUpAfterATrial() throws IOException {
		StagedDirectory.createTrial(this.parent, "run-1");

		StagedDirectory.create(this.parent, "run-1").close();

		assertThat(this.parent).isEmptyDirectory();
	}

}
