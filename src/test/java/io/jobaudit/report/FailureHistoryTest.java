package io.jobaudit.report;

import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.subject.ReportPeriod;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Three nights of one account, and the months around them. */
class FailureHistoryTest {

	private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	private static final DataSource DATABASE = TestPostgres.migratedDatabase();

	/** 23:00 of 31 October, 1:00 of 1 November and 1:00 of 2 November in the zone. */
	private static final List<Instant> NIGHTS = List.of(Instant.parse("2026-10-31T15:00:00Z"),
			Instant.parse("2026-10-31T17:00:00Z"), Instant.parse("2026-11-01T17:00:00Z"));

	private static final String[] KIND = { "Job type", "Error code", "Status", "New jobs", "Jobs before",
			"First seen (Asia/Shanghai)", "Last seen (Asia/Shanghai)", "Example job id" };

	private static final String[] RECOVERY = { "What", "Job type", "Error code", "Jobs", "Job id", "State now",
			"First seen (Asia/Shanghai)", "Recovered (Asia/Shanghai)" };

	private static final Map<String, ReadWorkbook> READ = new HashMap<>();

	@TempDir
	static Path directory;

	private static RunId first;

	private static RunId second;

	private static RunId third;

	@BeforeAll
	static void seedThreeNights() {
		RunSeed run = new RunSeed(DATABASE, NIGHTS.get(0)).failed("a1", "ASR", "NoVoice", "no voice")
			.failed("b2", "TextToSpeech", "Quota", "quota")
			.job("c3", "FETCHED",
					Map.of("state", "Executing", "job_type", "ASR", "usage_status", "ABSENT", "create_time",
							"2026-10-31T14:00:00Z"))
			.item("u1", "UNREADABLE", Map.of("attempts", 6))
			.item("u2", "UNREADABLE", Map.of("attempts", 6));
		first = run.runId();
		run = run.next(NIGHTS.get(1))
			.asked("c3", "Failed", "NoVoice")
			.failed("d4", "ASR", "TooLong", "too long")
			.item("a1", "UNCHANGED", Map.of())
			.asked("b2", "Finished", null)
			.item("u1", "UNREADABLE", Map.of("attempts", 5))
			.item("u2", "UNREADABLE", Map.of("attempts", 5));
		second = run.runId();
		run = run.next(NIGHTS.get(2))
			.failed("e5", "ASR", "NoVoice", "no voice")
			.failed("f6", "TextToSpeech", "Quota", "quota")
			.failed("g7", "ASR", null, "unknown")
			.item("d4", "UNCHANGED", Map.of())
			.item("u1", "UNREADABLE", Map.of("attempts", 4))
			.item("u2", "NOT_FOUND", Map.of());
		third = run.runId();
		run.next(NIGHTS.get(2).plusSeconds(3600));
	}

	@Test
	void inTheFirstRunEveryKindIsNew() {
		assertThat(run(first).table("New since last run", KIND)).containsExactly(
				"ASR | NoVoice | new | 1 | 0 | 2026-10-31 23:00:00 | 2026-10-31 23:00:00 | a1",
				"TextToSpeech | Quota | new | 1 | 0 | 2026-10-31 23:00:00 | 2026-10-31 23:00:00 | b2");
		assertThat(run(first).table("Recovered", "What")).containsExactly("No rows");
	}

	@Test
	void aJobThatWasExecutingInTheFirstRunIsNewInTheSecondThatSawItFail() {
		assertThat(run(second).table("Failed jobs", "Job id", "Since")).containsExactly("c3 | new", "d4 | new",
				"a1 | known");
		assertThat(run(first).table("Failed jobs", "Job id", "Since")).as("as the run's jobs are now")
			.containsExactly("a1 | new", "c3 | seen later");
	}

	@Test
	void aKindIsRepeatedWhenItWasSeenBeforeAndNewWhenNot() {
		assertThat(run(second).table("New since last run", KIND)).containsExactly(
				"ASR | TooLong | new | 1 | 0 | 2026-11-01 01:00:00 | 2026-11-01 01:00:00 | d4",
				"ASR | NoVoice | repeated | 1 | 1 | 2026-10-31 23:00:00 | 2026-11-01 01:00:00 | c3");
		assertThat(run(third).table("New since last run", KIND)).as("Quota was seen of a job that is Finished now")
			.containsExactly("ASR | (no code) | new | 1 | 0 | 2026-11-02 01:00:00 | 2026-11-02 01:00:00 | g7",
					"ASR | NoVoice | repeated | 1 | 2 | 2026-10-31 23:00:00 | 2026-11-02 01:00:00 | e5",
					"TextToSpeech | Quota | repeated | 1 | 1 | 2026-10-31 23:00:00 | 2026-11-02 01:00:00 | f6");
	}

	@Test
	void aKindHasRecoveredThatTheRunBeforeSawAndAJobThatIsNoLongerFailed() {
		assertThat(run(second).table("Recovered", RECOVERY)).containsExactly(
				"kind | TextToSpeech | Quota | 1 |  | none failing | 2026-10-31 23:00:00 | ",
				"job | TextToSpeech | Quota | 1 | b2 | Finished | 2026-10-31 23:00:00 | 2026-11-01 01:00:00");
	}

	@Test
	void errorCodesSayWhetherTheyAreNewAndSinceWhenTheyAreSeen() {
		assertThat(run(third).table("By error code", "Error code", "Failed jobs", "Status",
				"First seen (Asia/Shanghai)", "Last seen (Asia/Shanghai)"))
			.containsExactly("(no code) | 1 | new | 2026-11-02 01:00:00 | 2026-11-02 01:00:00",
					"NoVoice | 1 | repeated | 2026-10-31 23:00:00 | 2026-11-02 01:00:00",
					"Quota | 1 | repeated | 2026-10-31 23:00:00 | 2026-11-02 01:00:00",
					"TooLong | 1 | quiet | 2026-11-01 01:00:00 | 2026-11-01 01:00:00");
	}

	@Test
	void theSummaryCountsKindsAndJobs() {
		ReadWorkbook workbook = run(third);
		assertThat(List.of(workbook.figure("New kinds of failure"), workbook.figure("Repeated kinds of failure"),
				workbook.figure("Quiet kinds of failure"), workbook.figure("Recovered kinds of failure"),
				workbook.figure("Newly failed jobs"), workbook.figure("Recovered jobs")))
			.containsExactly("1", "2", "1", "0", "3", "0");
		assertThat(workbook.table("Recovered", RECOVERY)).as("d4 is still failed")
			.containsExactly("quiet | ASR | TooLong | 1 |  | 1 still failing | 2026-11-01 01:00:00 | ");
		assertThat(workbook.rows("Summary")).map((row) -> ReadWorkbook.text(row.getCell(0)))
			.contains("Since run " + second);
		assertThat(run(second).figure("Recovered jobs")).isEqualTo("1");
	}

	@Test
	void whatIsStillFailingIsListedWithItsAgeAndItsLastNewFailure() {
		String[] columns = { "Job type", "Error code", "Failed jobs", "Status", "New jobs", "Age",
				"First seen (Asia/Shanghai)", "Last new (Asia/Shanghai)" };
		assertThat(run(third).table("Still failing", columns)).containsExactly(
				"ASR | NoVoice | 3 | repeated | 1 | 26:01:00 | 2026-10-31 23:00:00 | 2026-11-02 01:00:00",
				"ASR | (no code) | 1 | new | 1 | 0:01:00 | 2026-11-02 01:00:00 | 2026-11-02 01:00:00",
				"TextToSpeech | Quota | 1 | repeated | 1 | 26:01:00 | 2026-10-31 23:00:00 | 2026-11-02 01:00:00",
				"ASR | TooLong | 1 | quiet | 0 | 24:01:00 | 2026-11-01 01:00:00 | 2026-11-01 01:00:00");
		assertThat(month(12).table("Still failing", "Error code", "Failed jobs", "Status")).containsExactly(
				"NoVoice | 3 | quiet", "(no code) | 1 | quiet", "Quota | 1 | quiet", "TooLong | 1 | quiet");
		assertThat(run(third).figure("Jobs still failing")).isEqualTo("6")
			.isEqualTo(count("select count(*) from audit.smart_job where state = 'Failed'"));
	}

	@Test
	void theTrendOfARunHasTheRunsBeforeItAndThatOfAMonthEachOfItsDays() {
		assertThat(run(third).table("Trend", "Day", "Run", "Distinct ids", "Jobs", "Failed", "Failure rate %",
				"Newly failed", "Unreadable", "Throttled calls", "Duration"))
			.as("no reports are known of earlier runs")
			.containsExactly("2026-10-31 | " + first + " | 5 |  |  |  | 2 |  | 20 | 0:01:00",
					"2026-11-01 | " + second + " | 6 |  |  |  | 2 |  | 20 | 0:01:00",
					"2026-11-02 | " + third + " | 6 | 4 | 4 | 100.0% | 3 | 1 | 20 | 0:01:00");
		List<String> days = month(10).table("Trend", "Day", "Jobs", "Failed", "Failure rate %");
		assertThat(days).hasSize(31).startsWith("2026-10-01 | 6 | 5 | 83.3%", "2026-10-02 | 0 | 0 | ");
	}

	private static String count(String sql) {
		return JdbcClient.create(DATABASE).sql(sql).query(String.class).single();
	}

	@Test
	void aMonthSeesWhatWasFirstSeenInItByTheZonesMidnights() {
		assertThat(month(11).table("New in the period", KIND)).containsExactly(
				"ASR | (no code) | new | 1 | 0 | 2026-11-02 01:00:00 | 2026-11-02 01:00:00 | g7",
				"ASR | TooLong | new | 1 | 0 | 2026-11-01 01:00:00 | 2026-11-01 01:00:00 | d4",
				"ASR | NoVoice | repeated | 2 | 1 | 2026-10-31 23:00:00 | 2026-11-02 01:00:00 | c3",
				"TextToSpeech | Quota | repeated | 1 | 1 | 2026-10-31 23:00:00 | 2026-11-02 01:00:00 | f6");
		assertThat(month(11).table("Recovered", "What", "Job id")).containsExactly("job | b2");
		assertThat(month(12).table("Recovered", "What", "Job type", "Error code", "Jobs")).containsExactly(
				"quiet | ASR | (no code) | 1", "quiet | ASR | NoVoice | 3", "quiet | ASR | TooLong | 1",
				"quiet | TextToSpeech | Quota | 2");
		assertThat(month(10).table("Failed jobs", "Job id", "Since")).as("created in October, in order of creation")
			.containsExactly("a1 | new", "d4 | seen later", "e5 | seen later", "f6 | seen later", "g7 | seen later",
					"c3 | seen later");
	}

	@Test
	void ofAnIdThatAMonthCouldNotReadOneRowIsListedUnlessSomethingWasLearntSince() {
		assertThat(month(11).table("Unreadable ids", "Job id", "Run", "Attempts"))
			.containsExactly("u1 | " + third + " | 4");
		assertThat(month(10).table("Unreadable ids", "Job id", "Run", "Attempts")).as("u2 was not found later")
			.containsExactly("u1 | " + first + " | 6");
		assertThat(run(first).table("Unreadable ids", "Job id")).containsExactly("u1", "u2");
	}

	@Test
	void theRunSheetHasARowForEachRunThatWasFinishedInThePeriod() {
		assertThat(run(second).table("Run", "Run", "Status", "Duration", "Calls", "Configured rate (calls/s)",
				"Effective rate (calls/s)", "Time of fetching", "Waiting time of calls"))
			.containsExactly(second + " | COMPLETED | 0:01:00 | 1,100 | 20.00 | 19.80 | 0:00:55 | 0:00:03");
		assertThat(month(11).table("Run", "Run")).containsExactly("" + second, "" + third);
		assertThat(month(11).totals("Run")).containsEntry("Calls", "2,200");
	}

	@Test
	void everyTotalIsTheDatabasesOfRunsAndMonths() {
		for (ReadWorkbook workbook : List.of(run(first), run(second), run(third))) {
			assertThat(workbook.differences()).hasSize(34)
				.allSatisfy((figure, difference) -> assertThat(difference).isZero());
		}
		for (ReadWorkbook workbook : List.of(month(10), month(11), month(12))) {
			assertThat(workbook.differences()).hasSize(31)
				.allSatisfy((figure, difference) -> assertThat(difference).isZero());
		}
	}

	@Test
	void aMonthHasTheSheetsOfARunButCompletenessAndNoClosingStatement() {
		List<String> sheets = new ArrayList<>(run(third).sheetNames());
		assertThat(sheets.remove("Completeness")).isTrue();
		sheets.replaceAll((sheet) -> sheet.equals("New since last run") ? "New in the period" : sheet);
		assertThat(month(11).sheetNames()).isEqualTo(sheets);
		assertThat(month(11).rows("Summary")).map((row) -> ReadWorkbook.text(row.getCell(0)))
			.contains("Seen in the period, whenever the jobs were created", "Failures of jobs created in the period",
					"Unfinished jobs")
			.doesNotContain("Closing statement", "Refused");
	}

	private static ReadWorkbook run(RunId run) {
		return READ.computeIfAbsent("run " + run,
				(name) -> ReadWorkbook.of(writer().write(run, () -> false), "failures.xlsx"));
	}

	private static ReadWorkbook month(int month) {
		ReportPeriod period = ReportPeriod.of(YearMonth.of(2026, month));
		return READ.computeIfAbsent(period.toString(),
				(name) -> ReadWorkbook.of(writer().write(period, RunSeed.ACCOUNT, () -> false), "failures.xlsx"));
	}

	private static ReportWriter writer() {
		return new ReportWriter(DATABASE, ReportSettings.of(directory, ZONE));
	}

}
