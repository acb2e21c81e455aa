package io.jobaudit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.RunDirectory.OtherReportsException;
import io.jobaudit.report.StagedDirectory.ReportNotWrittenException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("slow")
class WholeOrNotAtAllTest {

	private static final List<String> FILES = List.of("failed-jobs.csv", "failures.xlsx", "focus-metadata.json",
			"focus-unpriced.csv", "focus.csv", "run-summary.json", "summary.html", "token-spend.xlsx",
			"unreadable-ids.csv");

	private final DataSource database = TestPostgres.migratedDatabase();

	@TempDir
	private Path parent;

	private Path directory;

	private RunId run;

	@BeforeEach
	void seed() {
		this.directory = this.parent.resolve("deep/reports");
		this.run = new RunSeed(this.database).failed("a1", "ASR", "NoVoice", "x").close();
	}

	@Test
	void aRunLeavesItsFilesAndNothingElse() throws IOException {
		// when
		WrittenReports reports = write();
		// then
		assertThat(names(this.directory)).containsExactly("run-1");
		assertThat(names(reports.directory())).isEqualTo(FILES);
		assertThat(reports.directory()).isEqualTo(this.directory.resolve("run-1"));
		assertThat(List.of(this.parent.resolve("deep"), this.directory, reports.directory()))
			.allSatisfy((directory) -> assertThat(permissions(directory)).isEqualTo("rwxr-x---"));
		assertThat(reports.files()).allSatisfy((file) -> assertThat(permissions(file.path())).isEqualTo("rw-r-----"));
		assertThat(permissions(reports.directory().resolve(RunSummary.FILE_NAME))).isEqualTo("rw-r-----");
	}

	@Test
	void aSecondWriteReplacesOurFilesAndKeepsThoseOfOthers() throws IOException {
		// given
		Path first = write().directory();
		Files.writeString(first.resolve("booked.txt"), "by finance");
		Files.writeString(Files.createDirectory(first.resolve("mails")).resolve("1.eml"), "sent");
		Files.writeString(first.resolve("summary.html"), "damaged");
		// when
		Path second = write().directory();
		// then
		assertThat(second.resolve("booked.txt")).hasContent("by finance");
		assertThat(second.resolve("mails/1.eml")).hasContent("sent");
		assertThat(second.resolve("summary.html")).content().doesNotContain("damaged");
		assertThat(names(this.directory)).containsExactly("run-1");
	}

	@Test
	void aFileThatWeNoLongerWriteIsNotKept() throws IOException {
		// given
		Path first = write().directory();
		Path summary = first.resolve(RunSummary.FILE_NAME);
		Files.writeString(summary, Files.readString(summary).replace("focus.csv", "site.xlsx"));
		Files.writeString(first.resolve("site.xlsx"), "of a definition that is gone");
		// when
		write();
		// then
		assertThat(names(this.directory.resolve("run-1"))).isEqualTo(FILES);
	}

	@Test
	void reportsOfAnotherRunOfTheSameNumberAreNotReplaced() throws IOException {
		// given
		WrittenReports old = write();
		JdbcClient.create(this.database)
			.sql("update audit.audit_run set started_at = started_at + interval '1 s'")
			.update();
		// when
		assertThatExceptionOfType(OtherReportsException.class).isThrownBy(this::write)
			.withMessageContaining(old.directory() + " has the reports of another run, run 1, started ")
			.withMessageContaining("audit.report.directory");
		// then
		assertThat(old.directory().resolve(RunSummary.FILE_NAME)).hasContent(old.summary());
		assertThat(names(this.directory)).containsExactly("run-1");
	}

	@Test
	void reportsOfAnotherDatabaseAreNotReplacedThoughAllElseIsTheSame() throws IOException {
		// given
		write();
		JdbcClient.create(this.database)
			.sql("create or replace function audit.database_identity() returns uuid language sql volatile"
					+ " return gen_random_uuid()")
			.update();
		// then
		assertThatExceptionOfType(OtherReportsException.class).isThrownBy(this::write);
	}

	@Test
	void reportsOfAnOlderReleaseAreJudgedByRunStartAndInput() throws IOException {
		// given
		Path summary = write().directory().resolve(RunSummary.FILE_NAME);
		String older = Files.readString(summary).replaceFirst("\\s*\"database\": \"[^\"]+\",", "");
		Files.writeString(summary, older);
		// when
		write();
		// then
		assertThat(summary).content().isNotEqualTo(older);
	}

	@Test
	void aDirectoryOfSomebodyElseIsNotTakenOver() throws IOException {
		// given
		Path theirs = Files.writeString(Files.createDirectories(this.directory.resolve("run-1")).resolve("x"),
				"theirs");
		// then
		assertThatExceptionOfType(OtherReportsException.class).isThrownBy(this::write)
			.withMessageContaining("run-1 has files, but no run-summary.json of this run");
		assertThat(theirs).hasContent("theirs");
	}

	@Test
	void filesOfOthersSurviveACrashBetweenTheTwoRenames() throws IOException {
		// given
		Path first = write().directory();
		Files.writeString(first.resolve("booked.txt"), "by finance");
		Files.move(first, this.directory.resolve(".run-1.old"));
		// when
		write();
		// then
		assertThat(first.resolve("booked.txt")).hasContent("by finance");
	}

	@Test
	void aQueryThatFailsHalfWayLeavesTheOldReportsAndNothingElse() throws IOException {
		// given
		WrittenReports old = write();
		JdbcClient.create(this.database)
			.sql("alter table audit.audit_item_row rename column decided_at to moved")
			.update();
		// when
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(this::write);
		// then
		assertThat(names(this.directory)).containsExactly("run-1");
		assertThat(names(old.directory())).isEqualTo(FILES);
		assertThat(old.directory().resolve(RunSummary.FILE_NAME)).hasContent(old.summary());
	}

	@Test
	void aFileWhereTheDirectoryMustBeIsNamedAndKept() throws IOException {
		// given
		Files.createDirectories(this.directory);
		Path inTheWay = Files.writeString(this.directory.resolve("run-1"), "mine");
		// when
		assertThatExceptionOfType(ReportNotWrittenException.class).isThrownBy(this::write)
			.withMessageContaining("reports run-1 to " + this.directory)
			.withMessageContaining(inTheWay + " exists and is not a directory")
			.withMessageContaining("audit.report.directory");
		// then
		assertThat(inTheWay).hasContent("mine");
		assertThat(names(this.directory)).containsExactly("run-1");
	}

	@Test
	void aFileInPlaceOfTheReportsDirectoryIsNamed() throws IOException {
		// given
		Files.createDirectory(this.directory.getParent());
		Files.writeString(this.directory, "mine");
		// when
		assertThatExceptionOfType(ReportNotWrittenException.class).isThrownBy(this::write)
			.withMessageContaining(this.directory + " exists and is not a directory");
		// then
		assertThat(this.directory).hasContent("mine");
	}

	@Test
	void aDirectoryThatMayNotBeWrittenIsNamed() throws IOException {
		// given
		Files.createDirectories(this.directory);
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("r-xr-x---"));
		Assumptions.assumeFalse(Files.isWritable(this.directory), "root may write everywhere");
		// then
		assertThatExceptionOfType(ReportNotWrittenException.class).isThrownBy(this::write)
			.withMessageContaining("no permission to write " + this.directory);
	}

	@Test
	void whatACrashLeftHalfWrittenIsCleared() throws IOException {
		// given
		Path half = Files.createDirectories(this.directory.resolve(".run-1.new-123/files"));
		Files.writeString(half.resolve("failures.xlsx"), "half");
		Path other = Files.createDirectories(this.directory.resolve(".run-12.new-123"));
		// when
		write();
		// then
		assertThat(names(this.directory)).containsExactly(".run-12.new-123", "run-1");
		assertThat(other).exists();
	}

	@Test
	void whatACrashLeftBetweenTheTwoRenamesIsPutBackBeforeAnythingElse() throws IOException {
		// given
		WrittenReports old = write();
		Files.move(old.directory(), this.directory.resolve(".run-1.old"));
		JdbcClient.create(this.database)
			.sql("alter table audit.audit_item_row rename column decided_at to moved")
			.update();
		// when
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(this::write);
		// then
		assertThat(names(this.directory)).containsExactly("run-1");
		assertThat(old.directory().resolve(RunSummary.FILE_NAME)).hasContent(old.summary());
	}

	private WrittenReports write() {
		return new ReportWriter(this.database, ReportSettings.of(this.directory, ZoneId.of("UTC"))).write(this.run,
				() -> false);
	}

	private static List<String> names(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

}
