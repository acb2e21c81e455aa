package io.jobaudit.report;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.definition.Workbooks;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
class TokenSpendWorkbookTest {

	private static final DataSource DATABASE = TestPostgres.migratedDatabase();

	private static final RunId RUN = new RunSeed(DATABASE).spent("a1", "TextGenerate", 1000, "2026-10-01T15:59:00Z")
		.spent("b2", "TextGenerate", 2000, "2026-10-01T16:01:00Z")
		.spent("c3", "ASR", 0, "2026-10-01T16:02:00Z")
		.unspent("d4", "ASR", "ABSENT")
		.unspent("e5", "DynamicChart", "UNREADABLE")
		.close();

	@TempDir
	private static Path directory;

	private static ReadWorkbook workbook;

	@BeforeAll
	static void writeAndReadBack() {
		workbook = written(RUN, ZoneId.of("Asia/Shanghai"));
	}

	@Test
	void theSheetsAndHeadersAreThereInOrder() {
		assertThat(workbook.sheetNames()).containsExactly("Cover", "Summary", "By day and type", "By day",
				"By job type", "By month", "By user", "By cost centre", "Unit costs", "Top 50 jobs", "Not reported",
				"Token jobs", "Spend data", "Changes", "Prices", "Audit");
		assertThat(workbook.headers("By job type")).containsExactly("Job type", "Jobs", "Reporting", "Not reporting",
				"Unreadable", "Coverage %", "Total tokens", "Share of tokens %", "Prompt tokens", "Completion tokens",
				"Tokens per reporting job");
		assertThat(workbook.headers("By day")).containsExactly("Day", "Jobs", "Reporting", "Not reporting",
				"Unreadable", "Total tokens", "Prompt tokens", "Completion tokens");
		assertThat(workbook.headers("Token jobs")).containsExactly("Job id", "Job type", "State", "Total tokens",
				"Prompt tokens", "Completion tokens", "Usage", "Currency", "Price of 1,000 tokens", "Spend",
				"Spend status", "Created (Asia/Shanghai)", "Modified (Asia/Shanghai)", "User id", "User data", "Labels",
				"Request id", "Outcome", "Input line", "Booked (Asia/Shanghai)");
	}

	@Test
	void theSummaryShowsTotalAndCoverage() {
		assertThat(workbook.figure("Total tokens")).isEqualTo("3,000");
		assertThat(workbook.figure("Prompt tokens")).isEqualTo("750");
		assertThat(workbook.figure("Completion tokens")).as("reported by no job: unknown, not zero").isEmpty();
		assertThat(workbook.figure("Tokens per reporting job")).isEqualTo("1,000.00");
		assertThat(workbook.figure("Jobs reporting tokens")).isEqualTo("3");
		assertThat(workbook.figure("Jobs not reporting")).isEqualTo("1");
		assertThat(workbook.figure("Jobs with unreadable usage")).isEqualTo("1");
	}

	@Test
	void tokensThatNobodyReportsAreEmptyAndReportedZeroIsZero() {
		assertThat(workbook.column("By job type", "Job type")).containsExactly("TextGenerate", "ASR", "DynamicChart",
				"Total");
		assertThat(workbook.column("By job type", "Total tokens")).containsExactly("3,000", "0", "", "3,000");
		assertThat(workbook.column("By job type", "Coverage %")).startsWith("100.0%", "50.0%", "0.0%");
		assertThat(workbook.cell("By job type", 3, "Total tokens").getCellType()).isEqualTo(CellType.BLANK);
	}

	@ParameterizedTest
	@CsvSource({ "Asia/Shanghai, 2026-10-01, 1000, 2026-10-02, 2000", "GMT+08:00, 2026-10-01, 1000, 2026-10-02, 2000",
			"UTC, 2026-10-01, 3000, 2026-11-22, ''", "America/New_York, 2026-10-01, 3000, 2026-11-21, ''" })
	void daysBeginAtMidnightOfTheReportsZone(String zone, String firstDay, long firstTokens, String nextDay,
			String nextTokens) {
		// given jobs created a minute before and after midnight in Shanghai
		// when
		ReadWorkbook reread = written(RUN, ZoneId.of(zone));
		// then
		assertThat(reread.column("By day", "Day")).startsWith(firstDay, nextDay).endsWith("Total");
		assertThat(reread.cell("By day", 1, "Total tokens").getNumericCellValue()).isEqualTo(firstTokens);
		assertThat(reread.cell("By day", 2, "Total tokens")).hasToString(nextTokens.isEmpty() ? "" : nextTokens + ".0");
		assertThat(reread.totals("By day")).containsEntry("Jobs", "5").containsEntry("Total tokens", "3,000");
	}

	@Test
	void instantsAreShownInTheSameZoneAsDays() {
		Cell created = workbook.cell("Token jobs", 1, "Created (Asia/Shanghai)");
		assertThat(created.getLocalDateTimeCellValue()).isEqualTo(LocalDateTime.of(2026, 10, 1, 23, 59));
	}

	@Test
	void tokenJobsAreThoseWithAUsageReadableOrNot() {
		assertThat(workbook.column("Token jobs", "Job id")).containsExactly("a1", "b2", "c3", "e5", "Total");
		assertThat(workbook.column("Token jobs", "Usage")).containsExactly("REPORTED", "REPORTED", "REPORTED",
				"UNREADABLE", "");
		assertThat(workbook.totals("Token jobs")).containsEntry("Total tokens", "3,000");
	}

	@Test
	void everyControlTotalIsTheDatabases() {
		assertThat(workbook.differences()).hasSize(40)
			.allSatisfy((figure, difference) -> assertThat(difference).isZero());
	}

	@Test
	void everyControlTotalOfALargerRunIsTheDatabases() {
		// given
		RunId run = RealisticRun.seed(DATABASE, 2_000);
		// when
		WrittenReports reports = writer(ZoneId.of("Asia/Shanghai")).write(run, () -> false);
		// then
		for (WorkbookDefinition definition : Workbooks.load(Path.of("no-such-directory"), Set.of())) {
			assertThat(ReadWorkbook.of(reports, definition.fileName()).differences()).isNotEmpty()
				.allSatisfy((figure, difference) -> assertThat(difference).isZero());
		}
	}

	@Test
	void tokensBeyondWhatABigintOrACellHoldsAreShownToTheLastDigit() {
		// given
		RunId run = new RunSeed(DATABASE).spent("big-1", "TextGenerate", Long.MAX_VALUE, "2026-10-01T00:00:00Z")
			.spent("big-2", "TextGenerate", Long.MAX_VALUE, "2026-10-01T00:00:00Z")
			.close();
		// when
		ReadWorkbook reread = written(run, ZoneId.of("UTC"));
		// then
		String sum = BigDecimal.valueOf(Long.MAX_VALUE).multiply(BigDecimal.valueOf(2)).toPlainString();
		assertThat(reread.cell("Token jobs", 1, "Total tokens").getStringCellValue()).isEqualTo("" + Long.MAX_VALUE);
		assertThat(reread.totals("Token jobs")).containsEntry("Total tokens", sum);
		assertThat(reread.figure("Total tokens")).isEqualTo(sum);
	}

	@Test
	void theChartShowsEveryDay() {
		assertThat(workbook.sheet("Summary").getDrawingPatriarch().getCharts()).hasSize(2)
			.first()
			.satisfies((chart) -> assertThat(chart.getCTChart().xmlText()).contains("'By day'!$A$2:$A$4",
					"'By day'!$F$2:$F$4"));
	}

	private static ReadWorkbook written(RunId run, ZoneId zone) {
		return ReadWorkbook.of(writer(zone).write(run, () -> false), "token-spend.xlsx");
	}

	private static ReportWriter writer(ZoneId zone) {
		return new ReportWriter(DATABASE, ReportSettings.of(directory, zone));
	}

}
