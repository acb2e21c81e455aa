package io.jobaudit.report;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.subject.ReportPeriod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which failures count: of which account, and of a job that fails twice or belongs to a
 * closed month.
 */
class FailureScopeTest {

	private static final Instant NIGHT = Instant.parse("2026-11-01T01:00:00Z");

	private final DataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@TempDir
	private Path directory = Path.of("");

	@Test
	void anotherAccountsFailuresAreNoneOfOurs() {
		// given the same kind in the month before, and a day before the trend's only one
		new RunSeed(this.database, NIGHT.minus(Duration.ofDays(2))).failed("a1", "ASR", "NoVoice", "x")
			.item("u1", "UNREADABLE", Map.of())
			.next(NIGHT)
			.asked("a1", "Finished", null)
			.close();
		this.jdbc.sql("update audit.smart_job_change set account = 'other'").update();
		this.jdbc.sql("update audit.smart_job set account = 'other', create_time = '2026-09-01T00:00:00Z'").update();
		this.jdbc.sql("update audit.failure_count set account = 'other'").update();
		this.jdbc.sql("update audit.audit_run set account = 'other', status = 'COMPLETED'").update();
		RunId ours = new RunSeed(this.database, NIGHT).failed("a1", "ASR", "NoVoice", "x").close();
		// when
		ReadWorkbook run = read(writer().write(ours, () -> false));
		ReadWorkbook month = month(11);
		// then
		for (ReadWorkbook workbook : List.of(run, month)) {
			assertThat(workbook.table((workbook == run) ? "New since last run" : "New in the period", "Error code",
					"Status", "Jobs before"))
				.containsExactly("NoVoice | new | 0");
			assertThat(workbook.table("Recovered", "What")).containsExactly("No rows");
			assertThat(workbook.table("Unreadable ids", "Job id")).containsExactly("No rows");
			assertThat(workbook.table("Trend", "Day", "Failed"))
				.contains((workbook == run) ? "2026-11-01 | 1" : "2026-11-01 | 0");
			assertThat(workbook.table("Trend", "Day")).hasSize((workbook == run) ? 1 : 30);
			assertThat(workbook.table("Run", "Run")).containsExactly("" + ours);
			assertNoDifference(workbook);
		}
	}

	@Test
	void aJobThatFailsAgainAfterARecoveryIsNewOnceMore() {
		// given
		RunSeed first = new RunSeed(this.database, NIGHT).failed("a1", "ASR", "NoVoice", "x");
		RunSeed second = first.next(NIGHT.plus(Duration.ofDays(1))).asked("a1", "Finished", null);
		RunSeed third = second.next(NIGHT.plus(Duration.ofDays(2))).asked("a1", "Failed", "NoVoice");
		third.close();
		// when
		ReadWorkbook before = read(writer().write(first.runId(), () -> false));
		ReadWorkbook after = read(writer().write(third.runId(), () -> false));
		// then
		String[] columns = { "Error code", "Status", "New jobs", "Jobs before", "First seen (UTC)", "Last seen (UTC)" };
		assertThat(before.table("New since last run", columns))
			.containsExactly("NoVoice | new | 1 | 0 | 2026-11-01 01:00:00 | 2026-11-01 01:00:00");
		assertThat(after.table("New since last run", columns))
			.containsExactly("NoVoice | repeated | 1 | 1 | 2026-11-01 01:00:00 | 2026-11-03 01:00:00");
		assertThat(after.table("Failed jobs", "Job id", "Since")).containsExactly("a1 | new");
		assertNoDifference(before);
		assertNoDifference(after);
	}

	@Test
	void aClosedMonthsFailuresStayThoughTheJobHasRecoveredAndALateOneDoesNotJoinThem() {
		// given
		RunSeed seed = new RunSeed(this.database, NIGHT.minus(Duration.ofHours(2))).failed("a1", "ASR", "NoVoice", "x")
			.failed("b2", "ASR", "NoVoice", "x");
		closeOctober();
		seed.next(NIGHT.plus(Duration.ofDays(1)))
			.asked("a1", "Finished", null)
			.failed("late", "ASR", "TooLong", "x")
			.close();
		// when
		ReadWorkbook october = month(10);
		ReadWorkbook november = month(11);
		// then
		assertThat(october.table("Failed jobs", "Job id", "Since")).containsExactly("a1 | recovered", "b2 | new");
		assertThat(october.table("Trend", "Day", "Jobs", "Failed")).hasSize(31)
			.startsWith("2026-10-01 | 2 | 2", "2026-10-02 | 0 | 0");
		assertThat(november.table("New in the period", "Error code", "Example job id"))
			.containsExactly("TooLong | late");
		assertThat(november.table("Recovered", "What", "Job id")).containsExactly("quiet | ", "job | a1");
		assertNoDifference(october);
		assertNoDifference(november);
	}

	private void closeOctober() {
		this.jdbc.sql("""
				insert into audit.month_close (account, month, zone, starts_at, ends_at, closed_at, closed_by, version)
				values ('default', '2026-10-01', 'UTC', '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z',
				  '2026-11-01T02:00:00Z', 'finance', '0.1.0')""").update();
		this.jdbc.sql("""
				insert into audit.closed_job (close_id, job_id, state, job_type, error_code, usage_status, create_time,
				  spend_status)
				select 1, job_id, state, job_type, error_code, usage_status, create_time, spend_status
				from audit.v_job""").update();
	}

	private ReadWorkbook month(int month) {
		return read(writer().write(ReportPeriod.of(YearMonth.of(2026, month)), RunSeed.ACCOUNT, () -> false));
	}

	private ReportWriter writer() {
		return new ReportWriter(this.database, ReportSettings.of(this.directory, ZoneId.of("UTC")));
	}

	private static ReadWorkbook read(WrittenReports reports) {
		return ReadWorkbook.of(reports, "failures.xlsx");
	}

	private static void assertNoDifference(ReadWorkbook workbook) {
		assertThat(workbook.differences()).isNotEmpty()
			.allSatisfy((figure, difference) -> assertThat(difference).isZero());
	}

}
