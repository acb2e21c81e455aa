package io.jobaudit.report;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.definition.ReportKind;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.definition.Workbooks;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FailuresWorkbookTest {

	private static final WorkbookDefinition FAILURES = Workbooks.load(Path.of("no-such-directory"), Set.of()).get(0);

	private static final String FORMULA = "=HYPERLINK(\"https://example.invalid\",\"click\")";

	private static final String LONG = "语".repeat(40_000);

	@TempDir
	static Path directory;

	private static ReadWorkbook workbook;

	private static long rows;

	@BeforeAll
	static void writeAndReadBack() {
		DataSource database = TestPostgres.migratedDatabase();
		RunId runId = new RunSeed(database).failed("0012", "ASR", "NoVoice", FORMULA)
			.failed("-1e5", "ASR", "NoVoice", LONG)
			.failed("c3", "TextGenerate", "Quota", "a\u0001b\uFFFEc_x000D_d\te\nf")
			.failed("d4", "ASR", null, "@SUM(1)")
			.spent("e5", "TextGenerate", 100, "2026-10-02T00:00:00Z")
			.job("f6", "FETCHED", Map.of("state", "Executing", "usage_status", "ABSENT"))
			.item("g7", "NOT_FOUND", Map.of())
			.item("h8", "EXPIRED", Map.of())
			.item("i9", "REFUSED", Map.of("code", "InvalidParameter"))
			.item("j10", "UNREADABLE", Map.of("http_status", 503, "message", "-cmd", "attempts", 6))
			.labels("0012", Map.of("team", "=A1", "cost", "7"))
			.rejected("DUPLICATE")
			.rejected("TOO_LONG")
			.close();
		WrittenReports reports = new ReportWriter(database, ReportSettings.of(directory, ZoneId.of("Asia/Shanghai")))
			.write(runId, () -> false);
		workbook = ReadWorkbook.of(reports, "failures.xlsx");
		rows = reports.files().get(0).rows();
	}

	@Test
	void theSheetsAreThereInOrder() {
		assertThat(workbook.sheetNames()).containsExactly("Summary", "By error code", "By job type", "Trend",
				"New since last run", "Recovered", "Still failing", "By owner", "Stuck", "Expiring", "Failed jobs",
				"Unreadable ids", "Completeness", "Run", "Audit");
	}

	@Test
	void theHeadersAreTheAliasesOfTheSqlAndInstantsNameTheirZone() {
		assertThat(workbook.headers("By error code")).containsExactly("Error code", "Failed jobs", "Share %",
				"Cumulative %", "Job types", "Status", "First seen (Asia/Shanghai)", "Last seen (Asia/Shanghai)",
				"First created (Asia/Shanghai)", "Last created (Asia/Shanghai)", "Example job id", "Example message");
		assertThat(workbook.headers("By job type")).containsExactly("Job type", "Jobs", "Finished", "Failed",
				"Other states", "Failure rate %", "Share of failures %", "Most frequent error code");
		assertThat(workbook.headers("Failed jobs")).containsExactly("Job id", "Job type", "Error code", "Error message",
				"Since", "Input file", "Created (Asia/Shanghai)", "Modified (Asia/Shanghai)", "User id", "User data",
				"Labels", "Request id", "Outcome", "Input line");
		assertThat(workbook.headers("Unreadable ids")).containsExactly("Job id", "Outcome", "HTTP status", "Code",
				"Message", "Attempts", "Decided (Asia/Shanghai)", "Labels", "Request id", "Run", "Input line");
	}

	@Test
	void theSummaryCountsWhatWasSeeded() {
		assertThat(workbook.figure("Failed jobs")).isEqualTo("4");
		assertThat(workbook.figure("Jobs in another state")).isEqualTo("1");
		assertThat(workbook.figure("Jobs with a known state")).as("an expired id without a stored job has no state")
			.isEqualTo("6");
		assertThat(workbook.figure("Different error codes")).as("no code is one of them").isEqualTo("3");
		assertThat(workbook.figure("1. NoVoice")).isEqualTo("2");
		assertThat(workbook.figure("1. ASR")).as("a rate").isEqualTo("100.0%");
		assertThat(workbook.figure("2. TextGenerate")).isEqualTo("50.0%");
		assertThat(workbook.figure("Failure rate")).isEqualTo("66.7%");
		assertThat(workbook.figure("Unreadable")).isEqualTo("1");
		assertThat(workbook.figure("Refused")).isEqualTo("1");
		assertThat(workbook.figure("Not found")).isEqualTo("1");
		assertThat(workbook.figure("Lines read")).isEqualTo("12");
		assertThat(workbook.figure("Check")).isEqualTo("0");
	}

	@Test
	void errorCodesStandByFrequencyWithTotals() {
		assertThat(workbook.column("By error code", "Error code")).containsExactly("NoVoice", "(no code)", "Quota",
				"Total");
		assertThat(workbook.column("By error code", "Cumulative %")).startsWith("50.0%", "75.0%", "100.0%");
		assertThat(workbook.column("By error code", "Example job id")).startsWith("0012", "d4", "c3");
		assertThat(workbook.totals("By error code")).containsEntry("Failed jobs", "4")
			.containsEntry("Share %", "100.0%");
	}

	@Test
	void jobTypesShowTheirFailureRate() {
		assertThat(workbook.column("By job type", "Job type")).containsExactly("ASR", "TextGenerate", "(no type)",
				"Total");
		assertThat(workbook.column("By job type", "Failure rate %")).startsWith("100.0%", "50.0%", "0.0%");
		assertThat(workbook.totals("By job type")).containsEntry("Jobs", "6")
			.containsEntry("Finished", "1")
			.containsEntry("Failed", "4")
			.containsEntry("Other states", "1");
	}

	@Test
	void noFormulaIsButOursAndIdsAndTextsAreTexts() {
		assertThat(workbook.cells()).filteredOn((cell) -> cell.getCellType() == CellType.FORMULA)
			.filteredOn((cell) -> !cell.getSheet().getSheetName().equals("Summary"))
			.filteredOn((cell) -> !cell.getCellFormula().matches("SUBTOTAL\\(109,[^\"]+\\)|D\\d+-E\\d+"))
			.extracting((cell) -> cell.getSheet().getSheetName() + ": " + cell.getCellFormula())
			.containsExactly("By error code: HYPERLINK(\"#'Failed jobs'!A2\",\"0012\")",
					"By error code: HYPERLINK(\"#'Failed jobs'!A5\",\"d4\")",
					"By error code: HYPERLINK(\"#'Failed jobs'!A4\",\"c3\")",
					"New since last run: HYPERLINK(\"#'Failed jobs'!A2\",\"0012\")",
					"New since last run: HYPERLINK(\"#'Failed jobs'!A5\",\"d4\")",
					"New since last run: HYPERLINK(\"#'Failed jobs'!A4\",\"c3\")", explorer("-1e5"), explorer("d4"),
					explorer("c3"));
		assertThat(workbook.cell("Failed jobs", 1, "Job id").getCellType()).isEqualTo(CellType.STRING);
		assertThat(workbook.column("Failed jobs", "Job id")).containsExactly("0012", "-1e5", "c3", "d4");
		assertThat(workbook.cell("Failed jobs", 1, "Error message").getStringCellValue()).isEqualTo(FORMULA);
		assertThat(workbook.cell("Failed jobs", 1, "Labels").getStringCellValue()).isEqualTo("cost=7; team==A1");
		assertThat(workbook.cell("Failed jobs", 4, "Error message").getCellStyle().getQuotePrefixed()).isFalse();
	}

	private static String explorer(String job) {
		return "By owner: HYPERLINK(\"https://api.aliyun.com/api/ICE/2020-11-09/GetSmartHandleJob?params=%7B%22JobId%22:%22"
				+ job + "%22%7D\")";
	}

	@Test
	void charactersThatExcelRefusesAreReplacedAndItsEscapesStayWhatTheyWere() {
		assertThat(workbook.cell("Failed jobs", 3, "Error message").getStringCellValue())
			.isEqualTo("a\uFFFDb\uFFFDc_x000D_d\te\nf");
	}

	@Test
	void aMessageTooLongForACellIsCutWithAMark() {
		String shown = workbook.cell("Failed jobs", 2, "Error message").getStringCellValue();
		assertThat(shown).hasSize(32_767).startsWith("语语").endsWith("语… [cut, 40000 characters in all]");
	}

	@Test
	void instantsAreDateCellsInTheReportsZone() {
		Cell created = workbook.cell("Failed jobs", 1, "Created (Asia/Shanghai)");
		assertThat(created.getLocalDateTimeCellValue()).isEqualTo(LocalDateTime.of(2026, 10, 1, 10, 3, 4));
		assertThat(created.getCellStyle().getDataFormatString()).isEqualTo("yyyy-mm-dd hh:mm:ss");
	}

	@Test
	void onlyUnreadableIdsAreListedAsUnreadable() {
		assertThat(workbook.column("Unreadable ids", "Job id")).containsExactly("j10", "Total");
		assertThat(workbook.cell("Unreadable ids", 1, "Message").getStringCellValue()).isEqualTo("-cmd");
		assertThat(workbook.totals("Unreadable ids")).containsEntry("Attempts", "6");
	}

	@Test
	void controlTotalsFindTheExpiredIdThatHasNoStoredJob() {
		assertThat(workbook.differences()).hasSize(34);
		assertThat(workbook.differences()
			.entrySet()
			.stream()
			.filter((difference) -> difference.getValue().signum() != 0)
			.map(Map.Entry::getKey)).containsExactly("Summary, Jobs with a known state, outcomes of the ids");
	}

	@Test
	void theAuditSheetQuotesTheSqlOfEverySheet() {
		String audit = String.join("\n",
				workbook.rows("Audit").stream().map((row) -> ReadWorkbook.text(row.getCell(0))).toList());
		for (SheetDefinition sheet : FAILURES.of(ReportKind.RUN).tables()) {
			assertThat(audit).contains("SQL of sheet " + sheet.name() + "\n",
					FAILURES.query(sheet).sql().lines().findFirst().orElseThrow());
		}
	}

	@Test
	void tablesAreFrozenFilteredAndPrintOnePageWideOnLandscapeA4() {
		for (SheetDefinition definition : FAILURES.of(ReportKind.RUN).tables()) {
			XSSFSheet sheet = workbook.sheet(definition.name().text());
			assertThat(sheet.getPaneInformation().isFreezePane()).isTrue();
			assertThat(sheet.getCTWorksheet().getAutoFilter().getRef()).startsWith("A1:");
			assertThat(sheet.getTables()).as("a table would overlap the filter").isEmpty();
			assertThat(sheet.getPrintSetup().getLandscape()).isTrue();
			assertThat(sheet.getPrintSetup().getPaperSize()).isEqualTo((short) 9);
			assertThat(sheet.getPrintSetup().getFitWidth()).isEqualTo((short) 1);
			assertThat(sheet.getPrintSetup().getFitHeight()).isZero();
			assertThat(sheet.getRepeatingRows().formatAsString()).isEqualTo("1:1");
			assertThat(sheet.getFooter().getRight()).isEqualTo("Page &P of &N");
		}
	}

	@Test
	void theSummaryHasAParetoOfTheErrorCodesAndALineOfTheFailureRate() {
		assertThat(workbook.sheet("Summary").getDrawingPatriarch().getCharts())
			.extracting((chart) -> chart.getCTChart().xmlText())
			.satisfiesExactly(
					(pareto) -> assertThat(pareto).contains("barChart", "lineChart", "'By error code'!$A$2:$A$4",
							"'By error code'!$B$2:$B$4", "'By error code'!$D$2:$D$4"),
					(trend) -> assertThat(trend).contains("lineChart", "Trend!$B$2", "Trend!$F$2")
						.doesNotContain("barChart", "dateAx"));
	}

	@Test
	void figuresOfTheSummaryLeadToTheSheetsThatSayMore() {
		assertThat(workbook.rows("Summary")).map((row) -> row.getCell(0))
			.filteredOn((cell) -> cell.getCellType() == CellType.FORMULA)
			.extracting(Cell::getCellFormula)
			.contains("HYPERLINK(\"#'Failed jobs'!A1\",\"Failed jobs\")", "HYPERLINK(\"#Stuck!A1\",\"Stuck jobs\")",
					"HYPERLINK(\"#'Unreadable ids'!A1\",\"Unreadable\")");
	}

	@Test
	void theRowsOfTheFileAreItsFailedJobs() {
		assertThat(rows).isEqualTo(4);
	}

}
