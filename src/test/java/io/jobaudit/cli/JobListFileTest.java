package io.jobaudit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

import io.jobaudit.cli.DiscoverCommand.JobListFile;
import io.jobaudit.fetch.api.ListedJob;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class JobListFileTest {

	private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");

	@TempDir
	private Path directory = Path.of("");

	@Test
	void aJobThatIsListedTwiceIsThereOnceAndNoSpreadsheetRunsAnything() throws Exception {
		Path file = this.directory.resolve("list.csv");

		long jobs = JobListFile.write(file,
				pages(List.of(
						List.of(new ListedJob("a", "ASR", "Executing", CREATED), new ListedJob("-b", null, null, null)),
						List.of(new ListedJob("a", "ASR", "Finished", CREATED),
								new ListedJob("=c()", "=cmd|x", "a,\"b\"", null)))));

		assertThat(jobs).isEqualTo(3);
		assertThat(file).hasContent("""
				job_id,job_type,state,create_time
				a,ASR,Executing,2026-01-02T03:04:05Z
				-b,,,
				'=c(),'=cmd|x,"a,""b""\",
				""");
	}

	@Test
	void idsAloneAreTheSameFileWhateverBecameOfTheirJobs() throws Exception {
		Path before = this.directory.resolve("before.csv");
		Path after = this.directory.resolve("after.csv");

		JobListFile.writeIds(before, pages(List.of(List.of(new ListedJob("a", "ASR", "Executing", CREATED)))));
		JobListFile.writeIds(after, pages(List.of(List.of(new ListedJob("a", "ASR", "Finished", CREATED)))));

		assertThat(before).hasContent("job_id\na\n");
		assertThat(Files.mismatch(before, after)).isEqualTo(-1);
	}

	private static Supplier<@Nullable List<ListedJob>> pages(List<List<ListedJob>> pages) {
		Iterator<List<ListedJob>> left = pages.iterator();
		return () -> left.hasNext() ? left.next() : null;
	}

}
