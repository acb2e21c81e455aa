package io.jobaudit.report;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Map;

import javax.sql.DataSource;

import io.jobaudit.TestPostgres;
import io.jobaudit.report.subject.ReportPeriod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The reports of a run that was compared with the API's own list. */
class CompletenessReportTest {

	private static final String CREATED = "2026-10-01T00:00:00Z";

	private final DataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@TempDir
	private Path directory = Path.of("");

	@Test
	void everyDifferenceIsOnItsSheetAndEachJobInOneFigure() {
		// given
		RunSeed earlier = new RunSeed(this.database, RunSeed.STARTED.minus(Duration.ofDays(1))).spent("old", "ASR", 1,
				CREATED);
		RunSeed run = earlier.next(RunSeed.STARTED)
			.spent("both-1", "ASR", 1, CREATED)
			.spent("both-2", "ASR", 1, CREATED)
			.spent("surplus", "ASR", 1, CREATED)
			.labels("surplus", Map.of("team", "studio"))
			.item("unread", "UNREADABLE", Map.of())
			.item("gone", "NOT_FOUND", Map.of())
			.spent("forgotten", "ASR", 1, "2025-11-21T00:00:00Z");
		listed(run, "both-1", CREATED);
		listed(run, "both-2", CREATED);
		listed(run, "old", CREATED);
		listed(run, "lost-2", "2026-10-03T00:00:00Z");
		listed(run, "lost-1", "2026-10-02T00:00:00Z");
		listed(run, "lost-3", null);
		listed(run, "new", RunSeed.STARTED.toString());
		complete(run, 7L);
		// when
		WrittenReports reports = writer().write(run.close(), () -> false);
		ReadWorkbook workbook = ReadWorkbook.of(reports, "failures.xlsx");
		// then
		assertThat(workbook.table("Completeness", "What", "Job id", "Job type", "Created (UTC)", "Outcome", "Labels",
				"Input line"))
			.containsExactly("listed, never audited | lost-1 | TextGenerate | 2026-10-02 00:00:00 |  |  | ",
					"listed, never audited | lost-2 | TextGenerate | 2026-10-03 00:00:00 |  |  | ",
					"listed, never audited | lost-3 | TextGenerate |  |  |  | ",
					"in the input, not listed | surplus | ASR | 2026-10-01 00:00:00 | FETCHED | team=studio | 3",
					"in the input, not listed | unread |  |  | UNREADABLE |  | 4",
					"created after the run started | new | TextGenerate | 2026-11-22 01:00:00 |  |  | ");
		assertThat(workbook.figure("Jobs the API lists")).isEqualTo("7");
		assertThat(workbook.figure("Listed and in the input")).isEqualTo("2");
		assertThat(workbook.figure("Listed, never audited")).isEqualTo("3");
		assertThat(workbook.figure("Listed, audited before")).isEqualTo("1");
		assertThat(workbook.figure("Listed, created after the start")).isEqualTo("1");
		assertThat(workbook.figure("In the input, not listed")).isEqualTo("2");
		assertThat(workbook.figure("In the input, unknown to the API")).isEqualTo("2");
		assertThat(workbook.differences()).containsKey("Completeness, Rows, list and ledger")
			.allSatisfy((figure, difference) -> assertThat(difference).isZero());
		assertThat(completeness(reports)).isEqualTo(JsonMapper.shared().readTree("""
				{"listedAt": "2026-11-22T01:00:30Z", "totalCount": 7, "listed": 7, "named": 6, "inBoth": 2,
				"listedNotNamed": 5, "neverAudited": 3, "auditedBefore": 1, "createdSince": 1, "namedNotListed": 2,
				"namedUnknownToApi": 2}"""));
	}

	@Test
	void aRunThatNobodyCheckedSaysSo() {
		RunSeed run = new RunSeed(this.database).spent("a", "ASR", 1, CREATED);
		listed(run, "half-way", CREATED);

		WrittenReports reports = writer().write(run.close(), () -> false);

		ReadWorkbook workbook = ReadWorkbook.of(reports, "failures.xlsx");
		assertThat(workbook.table("Completeness", "What", "Job id"))
			.containsExactly("not checked: use run --completeness | ");
		assertThat(workbook.differences()).doesNotContainKey("Completeness, Rows, list and ledger");
		assertThat(completeness(reports).isNull()).isTrue();
	}

	@Test
	void aRunThatLacksNothingSaysSo() {
		RunSeed run = new RunSeed(this.database).spent("a", "ASR", 1, CREATED);
		listed(run, "a", CREATED);
		complete(run, null);

		WrittenReports reports = writer().write(run.close(), () -> false);

		ReadWorkbook workbook = ReadWorkbook.of(reports, "failures.xlsx");
		assertThat(workbook.table("Completeness", "What", "Job id")).containsExactly("nothing is missing | ");
		assertThat(workbook.differences()).allSatisfy((figure, difference) -> assertThat(difference).isZero());
		assertThat(completeness(reports).get("totalCount").isNull()).isTrue();
	}

	@Test
	void aPeriodHasNoSuchSheet() {
		RunSeed run = new RunSeed(this.database).spent("a", "ASR", 1, CREATED);
		listed(run, "b", CREATED);
		complete(run, 1L);
		run.close();

		WrittenReports reports = writer().write(ReportPeriod.of(YearMonth.of(2026, 10)), RunSeed.ACCOUNT, () -> false);

		assertThat(ReadWorkbook.of(reports, "failures.xlsx").sheetNames()).doesNotContain("Completeness")
			.contains("Unreadable ids");
	}

	private static JsonNode completeness(WrittenReports reports) {
		return JsonMapper.shared().readTree(reports.summary()).get("completeness");
	}

	private void listed(RunSeed run, String id, @Nullable String created) {
		this.jdbc.sql("""
				insert into audit.audit_listed_job
				values (:run, :id, 'TextGenerate', 'Finished', cast(:created as timestamptz))""")
			.param("run", run.runId().value())
			.param("id", id)
			.param("created", created)
			.update();
	}

	private void complete(RunSeed run, @Nullable Long total) {
		this.jdbc.sql("insert into audit.audit_listing values (:run, cast(:at as timestamptz), cast(:total as bigint))")
			.param("run", run.runId().value())
			.param("at", Instant.parse("2026-11-22T01:00:30Z").toString())
			.param("total", total)
			.update();
	}

	private ReportWriter writer() {
		return new ReportWriter(this.database, ReportSettings.of(this.directory, ZoneId.of("UTC")));
	}

}
