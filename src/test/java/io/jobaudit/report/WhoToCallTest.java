package io.jobaudit.report;

import java.nio.file.Path;
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

/** The sheet By owner says who must be called about what, and what to quote. */
class WhoToCallTest {

	private static final String[] COLUMNS = { "Cost centre", "User id", "Job type", "Error code", "Failed jobs",
			"Status", "Example job id", "Request id" };

	private final DataSource database = TestPostgres.migratedDatabase();

	@TempDir
	private Path directory = Path.of("");

	@Test
	void everyFailedJobIsUnderItsOwnerWithTheRequestOfTheLastOne() {
		// given the same kind of two users and two cost centres, and one of nobody
		RunSeed before = new RunSeed(this.database, RunSeed.STARTED.minusSeconds(86_400));
		failed(before, "old", "u1", "A", "2026-10-01T00:00:00Z");
		RunSeed run = before.next(RunSeed.STARTED).item("old", "UNCHANGED", Map.of());
		failed(run, "new", "u1", "A", "2026-10-03T00:00:00Z");
		failed(run, "b1", "u2", "B", "2026-10-02T00:00:00Z");
		failed(run, "b2", "u1", "B", "2026-10-02T00:00:00Z");
		run.failed("c1", "ASR", "Quota", "quota").spent("fine", "ASR", 7, "2026-10-02T00:00:00Z");
		RunId id = run.labels("old", Map.of("cost_centre", "A")).close();
		// when
		WrittenReports reports = writer().write(id, () -> false);
		ReadWorkbook workbook = ReadWorkbook.of(reports, "failures.xlsx");
		// then
		assertThat(workbook.table("By owner", COLUMNS)).containsExactly(
				"A | u1 | ASR | NoVoice | 2 | repeated | new | R-new",
				"B | u1 | ASR | NoVoice | 1 | repeated | b2 | R-b2",
				"B | u2 | ASR | NoVoice | 1 | repeated | b1 | R-b1", "(none) |  | ASR | Quota | 1 | new | c1 | ");
		assertThat(workbook.totals("By owner")).containsEntry("Failed jobs", "5");
		assertThat(workbook.table("By owner", "Example job id", "API explorer")).first()
			.asString()
			.endsWith("/GetSmartHandleJob?params=%7B%22JobId%22:%22new%22%7D");
		assertThat(workbook.differences()).allSatisfy((figure, difference) -> assertThat(difference).isZero());
	}

	@Test
	void ofThousandsOfJobsTheRowsAreThoseOfPlainSql() {
		// given
		RunId run = RealisticRun.seed(this.database, 1_500);
		// when
		ReadWorkbook ofRun = ReadWorkbook.of(writer().write(run, () -> false), "failures.xlsx");
		ReadWorkbook ofMonth = ReadWorkbook
			.of(writer().write(ReportPeriod.of(YearMonth.of(2026, 10)), RunSeed.ACCOUNT, () -> false), "failures.xlsx");
		// then
		List<String> expected = JdbcClient.create(this.database).sql("""
				select concat_ws(' | ', i.labels ->> 'cost_centre', j.user_id, j.job_type, j.error_code, count(*))
				from audit.audit_item i join audit.smart_job j on j.job_id = i.job_id
				where j.state = 'Failed' group by i.labels ->> 'cost_centre', j.user_id, j.job_type, j.error_code
				""").query((row, number) -> row.getString(1)).list();
		assertThat(ofRun.table("By owner", "Cost centre", "User id", "Job type", "Error code", "Failed jobs"))
			.hasSizeGreaterThan(100)
			.containsExactlyInAnyOrderElementsOf(expected);
		assertThat(ofMonth.totals("By owner").get("Failed jobs"))
			.isEqualTo(ofRun.totals("By owner").get("Failed jobs"));
	}

	private static void failed(RunSeed run, String id, String user, String centre, String created) {
		run.job(id, "FETCHED",
				Map.of("state", "Failed", "job_type", "ASR", "error_code", "NoVoice", "usage_status", "ABSENT",
						"create_time", created, "user_id", user, "request_id", "R-" + id))
			.labels(id, Map.of("cost_centre", centre));
	}

	private ReportWriter writer() {
		return new ReportWriter(this.database, ReportSettings.of(this.directory, ZoneId.of("Asia/Shanghai")));
	}

}
