package io.jobaudit.report;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.subject.ReportPeriod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Unfinished jobs, to the second, and the failure rate by day. */
class UnfinishedJobsTest {

	/** The instant of the run's figures. */
	private static final Instant AS_OF = RunSeed.STARTED.plus(Duration.ofMinutes(1));

	private final DataSource database = TestPostgres.migratedDatabase();

	private final RunSeed seed = new RunSeed(this.database);

	@TempDir
	private Path directory = Path.of("");

	@Test
	void aJobIsStuckWhenItIsOlderThanADayAndNotFinal() {
		// given
		Duration day = Duration.ofHours(24);
		job("on-time", "Executing", AS_OF.minus(day));
		job("stuck", "Executing", AS_OF.minus(day).minusSeconds(1));
		job("no-state", null, AS_OF.minus(Duration.ofHours(50)));
		job("finished", "Finished", AS_OF.minus(Duration.ofHours(50)));
		job("failed", "Failed", AS_OF.minus(Duration.ofHours(50)));
		// when
		ReadWorkbook workbook = run("UTC");
		// then
		assertThat(workbook.table("Stuck", "Job id", "State", "Age"))
			.containsExactly("no-state | (no state) | 50:00:00", "stuck | Executing | 24:00:01");
		assertThat(workbook.figure("Stuck jobs")).isEqualTo("2");
		assertThat(workbook.table("Expiring", "Job id")).containsExactly("No rows");
		assertNoDifference(workbook);
	}

	@Test
	void aJobExpiresThirtyDaysBeforeTheApiForgetsItAndStaysListed() {
		// given
		job("in-time", "Executing", Instant.parse("2025-12-22T01:01:01Z"));
		job("expiring", "Executing", Instant.parse("2025-12-22T01:01:00Z"));
		job("forgotten", "Analyzing", Instant.parse("2025-11-20T01:01:00Z"));
		job("finished", "Finished", Instant.parse("2025-11-20T01:01:00Z"));
		// when
		ReadWorkbook workbook = run("Asia/Shanghai");
		// then
		assertThat(workbook.table("Expiring", "Job id", "Days left", "Forgotten (Asia/Shanghai)"))
			.containsExactly("forgotten | -2 | 2026-11-20 09:01:00", "expiring | 30 | 2026-12-22 09:01:00");
		assertThat(workbook.figure("Expiring jobs")).isEqualTo("2");
		assertNoDifference(workbook);
	}

	@Test
	void aMonthListsWhatExpiresThoughItWasCreatedAYearBefore() {
		// given
		job("before", "Executing", Instant.parse("2025-10-31T23:59:59Z"));
		job("forgotten", "Executing", Instant.parse("2025-11-01T00:00:00Z"));
		job("expiring", "Executing", Instant.parse("2025-12-22T01:01:00Z"));
		job("in-time", "Executing", Instant.parse("2025-12-22T01:01:01Z"));
		this.seed.close();
		// when
		ReadWorkbook workbook = period(ReportPeriod.of(YearMonth.of(2026, 11)), "UTC");
		// then
		assertThat(workbook.table("Expiring", "Job id", "Days left")).containsExactly("forgotten | -22",
				"expiring | 30");
		assertNoDifference(workbook);
	}

	@Test
	void theTrendOfAPeriodHasEachOfItsDaysInTheReportsZoneAndNoOther() {
		// given a job every other day for 64 days, in Shanghai half an hour into the day
		for (int number = 0; number < 32; number++) {
			job("day-" + number, (number % 2 == 0) ? "Failed" : "Finished",
					Instant.parse("2026-09-01T16:30:00Z").plus(Duration.ofDays(2L * number)));
		}
		job("same-day", "Finished", Instant.parse("2026-11-03T15:59:59Z"));
		this.seed.close();
		// when
		ReadWorkbook workbook = period(ReportPeriod.of(LocalDate.of(2026, 9, 6), LocalDate.of(2026, 11, 4)),
				"Asia/Shanghai");
		// then
		List<String> days = workbook.table("Trend", "Day", "Jobs", "Failed", "Failure rate %");
		assertThat(days).hasSize(60)
			.startsWith("2026-09-06 | 1 | 1 | 100.0%", "2026-09-07 | 0 | 0 | ", "2026-09-08 | 1 | 0 | 0.0%")
			.endsWith("2026-11-03 | 2 | 0 | 0.0%", "2026-11-04 | 0 | 0 | ");
		assertThat(workbook.totals("Trend")).containsEntry("Jobs", "31").containsEntry("Failed", "15");
		assertNoDifference(workbook);
	}

	@Test
	void aPeriodWithoutJobsHasItsDaysToo() {
		this.seed.close();

		ReadWorkbook workbook = period(ReportPeriod.of(LocalDate.of(2026, 3, 28), LocalDate.of(2026, 3, 30)),
				"Europe/Berlin");

		assertThat(workbook.table("Trend", "Day", "Jobs", "Failure rate %")).as("one of 23 hours")
			.containsExactly("2026-03-28 | 0 | ", "2026-03-29 | 0 | ", "2026-03-30 | 0 | ");
		assertNoDifference(workbook);
	}

	private void job(String id, @Nullable String state, Instant created) {
		Map<String, Object> columns = new HashMap<>(
				Map.of("job_type", "ASR", "usage_status", "ABSENT", "create_time", created.toString()));
		columns.put("state", state);
		this.seed.job(id, "FETCHED", columns);
	}

	private ReadWorkbook run(String zone) {
		return written(this.seed.close(), zone);
	}

	private ReadWorkbook written(RunId run, String zone) {
		return ReadWorkbook.of(writer(zone).write(run, () -> false), "failures.xlsx");
	}

	private ReadWorkbook period(ReportPeriod period, String zone) {
		return ReadWorkbook.of(writer(zone).write(period, RunSeed.ACCOUNT, () -> false), "failures.xlsx");
	}

	private ReportWriter writer(String zone) {
		return new ReportWriter(this.database, ReportSettings.of(this.directory, ZoneId.of(zone)));
	}

	private static void assertNoDifference(ReadWorkbook workbook) {
		assertThat(workbook.differences()).isNotEmpty()
			.allSatisfy((figure, difference) -> assertThat(difference).isZero());
	}

}
