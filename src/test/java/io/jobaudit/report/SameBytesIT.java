package io.jobaudit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two processes write the same bytes for the same data, with any time zone and language
 * of their machines: each has its own clock and its own seed for unordered collections.
 */
class SameBytesIT {

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	@TempDir
	private Path directory = Path.of("");

	@Test
	void aRunHasTheSameFilesInBuenosAiresInArabicAndInTokyoInTurkish() throws IOException {
		String run = RealisticRun.seed(this.database, 600).toString();

		Path there = write("there", "America/Argentina/Buenos_Aires", "ar-EG-u-nu-arab", "--run", run);
		Path here = write("here", "Asia/Tokyo", "tr-TR", "--run", run);

		assertThat(hashes(here))
			.containsKeys("failures.xlsx", "token-spend.xlsx", "failed-jobs.csv", "unreadable-ids.csv",
					"run-summary.json")
			.isEqualTo(hashes(there));
	}

	@Test
	void aMonthHasTheSameFilesToo() throws IOException {
		RealisticRun.seed(this.database, 600);

		Path there = write("there", "Pacific/Kiritimati", "de-DE", "--month", "2026-10");
		Path here = write("here", "UTC", "ar-EG-u-nu-arab", "--month", "2026-10");

		assertThat(hashes(here)).containsKeys("failures.xlsx", "token-spend.xlsx").isEqualTo(hashes(there));
	}

	private Path write(String name, String zone, String language, String option, String value) throws IOException {
		String[] tag = language.split("-", 3);
		Ended ended = new AuditProcess(Files.createDirectory(this.directory.resolve(name))).database(this.database)
			.jvmOptions("-XX:TieredStopAtLevel=1", "-Duser.timezone=" + zone, "-Duser.language=" + tag[0],
					"-Duser.country=" + tag[1], "-Duser.extensions=" + ((tag.length > 2) ? tag[2] : ""))
			.setting("audit.report.zone", "GMT+08:00")
			.run("report", option, value, "--reports", "reports");
		assertThat(ended.exitCode()).as(ended.err()).isZero();
		try (Stream<Path> reports = Files.list(this.directory.resolve(name).resolve("reports"))) {
			return reports.filter((path) -> !path.getFileName().toString().startsWith(".")).findFirst().orElseThrow();
		}
	}

	private static Map<String, String> hashes(Path reports) throws IOException {
		Map<String, String> hashes = new TreeMap<>();
		try (Stream<Path> files = Files.list(reports)) {
			for (Path file : files.toList()) {
				hashes.put(file.getFileName().toString(), ReportFiles.sha256(file));
			}
		}
		return hashes;
	}

}
