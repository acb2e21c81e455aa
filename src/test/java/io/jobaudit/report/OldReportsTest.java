package io.jobaudit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.jobaudit.Account;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.OldReports.RemovedReports;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class OldReportsTest {

	private static final Account ACCOUNT = new Account("default");

	private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private final OldReports reports = new OldReports(this.database);

	@TempDir
	private Path parent = Path.of("");

	/** Runs 1 to 6 are old and purged, 7 is old and not purged, 8 is young. */
	@BeforeEach
	void givenReportsOfOldAndYoungRuns() throws IOException {
		this.jdbc
			.sql("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, finished_at, version, settings, purged_at)
					select case n when 6 then 'other' else 'default' end, 'r', 'COMPLETED', 's', 'sum' || n,
					  cast(case n when 8 then '2026-02-01Z' else '2025-02-01Z' end as timestamptz),
					  cast(case n when 8 then '2026-02-01Z' else '2025-02-01Z' end as timestamptz), '1', '{}', case when n < 7 then now() end
					from generate_series(1, 8) n""")
			.update();
		for (int run = 1; run <= 8; run++) {
			summary(run, "2025-02-01T00:00:00Z", "sum" + run);
			Files.writeString(directory(run).resolve("failures.xlsx"), "x".repeat(1000));
		}
		summary(2, "2025-02-01T00:00:00Z", "another input");
		Files.delete(directory(3).resolve("run-summary.json"));
		Files.writeString(directory(4).resolve("notes.txt"), "of a person");
		Files.move(directory(5), this.parent.resolve("elsewhere"));
		Files.createSymbolicLink(directory(5), this.parent.resolve("elsewhere"));
		Files.createDirectory(this.parent.resolve("month-2025-02"));
	}

	@Test
	void theReportsOfPurgedRunsGoAndWhatIsNotProvablyOursStays() throws IOException {
		long bytes = size(1) + size(4) - "of a person".length();

		RemovedReports removed = remove(false);

		assertThat(removed).isEqualTo(new RemovedReports(2, bytes,
				List.of(directory(2) + ": not the reports of run 2 of this database",
						directory(3) + ": not the reports of run 3 of this database",
						directory(4) + ": it has other files, such as notes.txt",
						directory(5) + ": not the reports of run 5 of this database")));
		assertThat(names(this.parent)).containsExactly("elsewhere", "month-2025-02", "run-2", "run-3", "run-4", "run-5",
				"run-6", "run-7", "run-8");
		assertThat(names(directory(4))).containsExactly("notes.txt");
		assertThat(names(directory(2))).containsExactly("failures.xlsx", "run-summary.json");
		assertThat(names(this.parent.resolve("elsewhere"))).containsExactly("failures.xlsx", "run-summary.json");
	}

	@Test
	void aDryRunCountsAlsoTheRunsThatAPurgeWouldPurgeAndRemovesNothing() throws IOException {
		List<String> before = names(this.parent);

		RemovedReports planned = remove(true);

		assertThat(planned.directories()).isEqualTo(3);
		assertThat(planned.bytes()).isEqualTo(size(1) + size(4) - "of a person".length() + size(7));
		assertThat(names(this.parent)).isEqualTo(before);
		assertThat(names(directory(1))).containsExactly("failures.xlsx", "run-summary.json");
	}

	@Test
	void aStopLeavesTheRest() throws IOException {
		assertThat(this.reports.remove(ACCOUNT, BEFORE, this.parent, false, () -> true).directories()).isZero();
		assertThat(names(directory(1))).containsExactly("failures.xlsx", "run-summary.json");
	}

	private RemovedReports remove(boolean dryRun) {
		return this.reports.remove(ACCOUNT, BEFORE, this.parent, dryRun, () -> false);
	}

	private void summary(int run, String startedAt, String sha256) throws IOException {
		String database = this.jdbc.sql("select audit.database_identity()::text").query(String.class).single();
		Files.writeString(Files.createDirectories(directory(run)).resolve("run-summary.json"),
				"""
						{"database": "%s", "run": %d, "startedAt": "%s", "input": {"sha256": "%s"}, "files": [{"name": "failures.xlsx"}]}
						"""
					.formatted(database, run, startedAt, sha256));
	}

	private Path directory(int run) {
		return this.parent.resolve("run-" + run);
	}

	private long size(int run) throws IOException {
		try (Stream<Path> files = Files.list(directory(run))) {
			return files.mapToLong((file) -> file.toFile().length()).sum();
		}
	}

	private static List<String> names(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

}
