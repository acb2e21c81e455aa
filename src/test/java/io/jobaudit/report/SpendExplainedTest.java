package io.jobaudit.report;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.jobaudit.TestPostgres;
import io.jobaudit.report.subject.ReportPeriod;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;

/** What moved since the month before, what a unit costs, and what may be missing. */
class SpendExplainedTest {

	private static final ZoneId UTC = ZoneId.of("UTC");

	@TempDir
	private static Path directory = Path.of("");

	private static ReadWorkbook october;

	private static ReadWorkbook november;

	private static ReadWorkbook december;

	private static ReadPage pageOfNovember;

	private static ReadPage pageOfDecember;

	@BeforeAll
	static void writeAndReadBack() {
		DataSource database = TestPostgres.migratedDatabase();
		new PriceSeed(database, UTC).price("ASR", "CNY", "2", "2026-01-01", "2026-10-31")
			.price("ASR", "CNY", "3", "2026-11-01", null)
			.price("TextGenerate", "CNY", "0.7", "2026-01-01", null)
			.price("TextToSpeech", "JPY", "100", "2026-01-01", null);
		RunSeed run = new RunSeed(database);
		// October: 3 x 1000 of ASR, TextGenerate that stays, TextToSpeech that goes
		job(run, "o1", "ASR", "CC-A", 1000L, "2026-10-02");
		job(run, "o2", "ASR", "CC-A", 2000L, "2026-10-03");
		job(run, "o3", "TextGenerate", "CC-B", 333L, "2026-10-04");
		job(run, "o4", "TextToSpeech", "CC-B", 50L, "2026-10-05");
		// November: more of ASR at another price, the same TextGenerate, and a new centre
		job(run, "n1", "ASR", "CC-A", 4001L, "2026-11-02");
		job(run, "n2", "TextGenerate", "CC-B", 333L, "2026-11-03");
		job(run, "n3", "ASR", "CC-NEW", 10L, "2026-11-04");
		// one that failed, two that report nothing, and one of an unpriced type
		job(run, "n4", "ASR", "CC-A", 500L, "2026-11-05", "Failed");
		job(run, "n5", "ASR", "CC-A", null, "2026-11-06");
		job(run, "n6", "ASR", "CC-B", null, "2026-11-07");
		job(run, "n7", "DynamicChart", "CC-B", null, "2026-11-08");
		run.close();
		ReportWriter writer = new ReportWriter(database, ReportSettings.of(directory, UTC));
		october = ReadWorkbook.of(month(writer, 10), "token-spend.xlsx");
		WrittenReports ofNovember = month(writer, 11);
		november = ReadWorkbook.of(ofNovember, "token-spend.xlsx");
		pageOfNovember = ReadPage.of(ofNovember);
		WrittenReports ofDecember = month(writer, 12);
		december = ReadWorkbook.of(ofDecember, "token-spend.xlsx");
		pageOfDecember = ReadPage.of(ofDecember);
	}

	private static WrittenReports month(ReportWriter writer, int month) {
		return writer.write(ReportPeriod.of(YearMonth.of(2026, month)), RunSeed.ACCOUNT, () -> false);
	}

	@Test
	void chartsAndDaysThatSayNothingAreLeftOut() {
		assertThat(november.sheet("Summary").getDrawingPatriarch().getCharts())
			.extracting((chart) -> chart.getTitleText().getString())
			.containsExactly("Spend by cost centre, CNY", "Tokens by day of creation", "Tokens by job type");
		assertThat(pageOfNovember.all("h3").map(Element::getTextContent)).contains("Spend by cost centre, CNY")
			.doesNotContain("Spend by month, CNY");
		assertThat(pageOfNovember.rows("Tokens by day of creation")).as("the last day with tokens first")
			.startsWith(List.of("2026-11-05", "500"), List.of("2026-11-04", "10"));
		assertThat(pageOfNovember.sums("Tokens by day of creation")).containsExactly(List.of("and 25 more", ""),
				List.of("Total", "4,844"));
		assertThat(december.sheet("Summary").getDrawingPatriarch()).isNull();
	}

	@Test
	void aMonthWithoutJobsCostsNothing() {
		assertThat(pageOfDecember.document().getDocumentElement().getTextContent())
			.contains("Without jobs, tokens and spend are 0. Compared with 2026-11-01 to 2026-11-30:"
					+ " tokens -100.0%, CNY -100.0%.");
	}

	@Test
	void theDifferenceToTheMonthBeforeIsPriceAndVolume() {
		assertThat(november.table("Month over month", "Job type", "Cost centre", "Period before", "This period",
				"Difference", "Price effect", "Volume effect"))
			.containsExactly(
					// 4001 x 3 - 3000 x 2: 4001 tokens at one more, 1001 more tokens at 2
					"ASR | CC-A | 6.00 | 12.00 | 6.00 | 4.00 | 2.00", "ASR | CC-NEW | 0.00 | 0.03 | 0.03 | 0.00 | 0.03",
					"TextGenerate | CC-B | 0.23 | 0.23 | 0.00 | 0.00 | 0.00",
					"TextToSpeech | CC-B | 5 | 0 | -5 | 0 | -5");
		for (String row : november.table("Month over month", "Difference", "Price effect", "Volume effect")) {
			String[] cells = row.split(" \\| ");
			assertThat(new BigDecimal(cells[1]).add(new BigDecimal(cells[2]))).isEqualByComparingTo(cells[0]);
		}
		assertThat(november.totals("Month over month", "CNY")).as("of what is shown: 12.27 - 6.23")
			.containsEntry("Difference", "6.04");
		assertThat(november.rows("Summary")).filteredOn((row) -> ReadWorkbook.text(row.getCell(0)).contains(", CC-"))
			.extracting((row) -> ReadWorkbook.text(row.getCell(0)) + " " + ReadWorkbook.text(row.getCell(1)) + " "
					+ ReadWorkbook.text(row.getCell(3)))
			.containsExactly("1. ASR, CC-A, CNY 6.00 price effect 4, volume effect 2",
					"2. TextToSpeech, CC-B, JPY -5 price effect 0, volume effect -5",
					"3. ASR, CC-NEW, CNY 0.03 price effect 0, volume effect 0.03");
	}

	@Test
	void theFirstMonthIsAllVolume() {
		assertThat(october.table("Month over month", "Job type", "Difference", "Price effect", "Volume effect"))
			.containsExactly("ASR | 6.00 | 0.00 | 6.00", "TextGenerate | 0.23 | 0.00 | 0.23",
					"TextToSpeech | 5 | 0 | 5");
	}

	@Test
	void unitCostsAndTheEstimateAreThoseOfTheTypesAverages() {
		// 2 finished jobs of 4011 tokens at 3; 2 that report nothing at the average of
		// 2005.5 tokens
		assertThat(november.table("Unit costs", "Job type", "Finished jobs", "Spend", "Spend per finished job",
				"Spend per 1,000 tokens", "Tokens of failed jobs", "Failed at list price", "Jobs with unknown tokens",
				"Average tokens of a job", "Estimate of unknown spend"))
			.containsExactly("ASR | 4 | 12.03 | 6.0165 | 3.00 | 500 | 1.50 | 2 | 2,005.50 | 12.03",
					"TextGenerate | 1 | 0.23 | 0.2331 | 0.70 |  |  | 0 | 333.00 | ",
					"DynamicChart | 1 |  |  |  |  |  | 1 |  | ");
		assertThat(november.figure("Spend per 1,000 tokens in CNY")).isEqualTo("2.823688");
		assertThat(november.figure("Failed jobs at list price in CNY")).isEqualTo("1.50");
		assertThat(november.figure("Estimate of unknown spend in CNY")).isEqualTo("12.03");
		assertThat(november.figure("Jobs without an estimate")).isEqualTo("1");
		assertThat(november.figure("Booked in CNY")).as("without the estimate").isEqualTo("12.27");
	}

	@Test
	void moneyComesFirstAndAMonthWithoutJobsCostsNothing() {
		assertThat(november.rows("Summary").stream().map((row) -> ReadWorkbook.text(row.getCell(0))).toList())
			.containsSubsequence("Spend", "Booked in CNY", "Spend in CNY", "Total tokens");
		assertThat(december.rows("Summary")).filteredOn((row) -> ReadWorkbook.text(row.getCell(0)).equals("Spend"))
			.last()
			.satisfies((row) -> assertThat(ReadWorkbook.text(row.getCell(1))).isEqualTo("0.00"));
		assertThat(december.column("Booking", "Month")).containsExactly("No rows");
	}

	@Test
	void theDataOfPivotTablesAreAnExcelTableOfExactNumbers() {
		XSSFTable table = november.sheet("Spend data").getTables().get(0);
		assertThat(table.getName()).isEqualTo("tblSpend");
		assertThat(table.getCTTable().getTableColumns().getTableColumnList()).extracting((column) -> column.getName())
			.containsExactly("Day", "Month", "Job type", "Cost centre", "User", "Currency", "State", "Status", "Tokens",
					"Spend", "Run", "Jobs");
		assertThat(november.table("Spend data", "Day", "Job type", "Cost centre", "Status", "Tokens", "Spend"))
			.startsWith("2026-11-02 | ASR | CC-A | PRICED | 4,001 | 12.003",
					"2026-11-03 | TextGenerate | CC-B | PRICED | 333 | 0.2331");
		assertThat(november.cell("Spend data", 1, "Spend").getCellType()).isEqualTo(CellType.NUMERIC);
	}

	private static void job(RunSeed run, String id, String type, String centre, @Nullable Long tokens, String day) {
		job(run, id, type, centre, tokens, day, "Finished");
	}

	private static void job(RunSeed run, String id, String type, String centre, @Nullable Long tokens, String day,
			String state) {
		Map<String, Object> columns = new HashMap<>(
				Map.of("state", state, "job_type", type, "usage_status", (tokens != null) ? "REPORTED" : "ABSENT",
						"create_time", day + "T10:00:00Z", "labels", Map.of("cost_centre", centre)));
		columns.put("total_tokens", tokens);
		run.job(id, "FETCHED", columns);
	}

}
