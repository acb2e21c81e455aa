package io.jobaudit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.subject.ReportPeriod;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;

/** The page shows the figures of the workbooks, which are those of the database. */
@Tag("slow")
class SummaryPageTest {

	private static final DataSource DATABASE = TestPostgres.migratedDatabase();

	private static final JdbcClient JDBC = JdbcClient.create(DATABASE);

	private static final RunId RUN = RealisticRun.seed(DATABASE, 1_500);

	/** Row of a summary's first figure. */
	private static final int FIRST_ROW = 4;

	private static final Pattern VALUES = Pattern.compile("(?s)<c:val>.*?<c:f>(.*?)</c:f>");

	@TempDir
	private static Path directory;

	private static WrittenReports run;

	private static WrittenReports month;

	@BeforeAll
	static void write() {
		ReportWriter writer = new ReportWriter(DATABASE, ReportSettings.of(directory, ZoneId.of("Asia/Shanghai")));
		run = writer.write(RUN, () -> false);
		month = writer.write(ReportPeriod.of(YearMonth.of(2026, 10)), RunSeed.ACCOUNT, () -> false);
	}

	@Test
	void theFirstFiguresAreTheDatabases() {
		ReadPage page = ReadPage.of(run);
		assertThat(amount(page, "failures", "Failed jobs"))
			.isEqualTo(count("select count(*) from audit.smart_job where state = 'Failed'"));
		assertThat(amount(page, "token-spend", "Total tokens"))
			.isEqualTo(count("select sum(total_tokens) from audit.smart_job"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "failures", "token-spend" })
	void everyKeyFigureIsTheWorkbooksInItsOrder(String workbook) {
		for (WrittenReports reports : List.of(run, month)) {
			assertThat(ReadPage.of(reports).figures(workbook).stream().map(SummaryPageTest::withoutCurrency))
				.as(reports.directory().toString())
				.containsExactlyElementsOf(summary(reports, workbook));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "failures", "token-spend" })
	void everyChartDrawsTheCellsThatTheWorkbooksChartDraws(String workbook) {
		for (WrittenReports reports : List.of(run, month)) {
			ReadPage page = ReadPage.of(reports);
			for (XSSFChart chart : charts(reports, workbook)) {
				String title = chart.getTitleText().getString();
				List<String> cells = cells(reports, workbook, chart);
				if (cells.isEmpty()) {
					assertThat(page.all("h3").map(Element::getTextContent)).as("says that nothing is known")
						.contains(title);
				}
				else {
					assertThat(page.drawn(title)).as(title).containsExactlyInAnyOrderElementsOf(cells);
				}
			}
		}
		assertThat(charts(run, workbook)).isNotEmpty();
	}

	@Test
	void aCheckThatFailsIsSaidToFailOnTopAndWhereItStands() {
		// given a line that nothing accounts for
		DataSource database = TestPostgres.migratedDatabase();
		RunId broken = new RunSeed(database).failed("a1", "ASR", "NoVoice", "x").close();
		JdbcClient.create(database).sql("update audit.audit_run set lines_read = lines_read + 1").update();
		// when
		ReadPage page = ReadPage
			.of(new ReportWriter(database, ReportSettings.of(directory.resolve("broken"), ZoneId.of("UTC")))
				.write(broken, () -> false));
		// then
		assertThat(page.figures("failures")).contains(List.of("Check", "failed 1", ""),
				List.of("Check", "passed 0", ""));
		assertThat(texts(page, "span", "failed")).first().asString().matches("\\d of \\d checks failed");
		assertThat(texts(ReadPage.of(run), "span", "failed")).isEmpty();
		assertThat(texts(ReadPage.of(run), "span", "passed")).first()
			.asString()
			.matches("It adds up: (\\d+) of \\1 checks passed");
	}

	@Test
	void aRunWithoutFailuresAndTokensSaysThatNothingIsKnown() {
		// given
		DataSource database = TestPostgres.migratedDatabase();
		RunId empty = new RunSeed(database).close();
		// when
		ReadPage page = ReadPage
			.of(new ReportWriter(database, ReportSettings.of(directory.resolve("empty"), ZoneId.of("UTC"))).write(empty,
					() -> false));
		// then
		assertThat(amount(page, "failures", "Failed jobs")).isEqualTo("0");
		assertThat(amount(page, "token-spend", "Total tokens")).as("none, and none is known").isEqualTo("–");
		assertThat(page.all("svg")).isEmpty();
		assertThat(texts(page, "p", "note")).contains("Nothing to draw: sheet By error code has no rows.");
		assertThat(sentences(page)).satisfiesExactly((ran) -> assertThat(ran).startsWith("Run 1 asked for 0 ids"),
				(failed) -> assertThat(failed).startsWith("No job failed."), (cost) -> assertThat(cost).isEqualTo(
						"Without jobs, tokens and spend are 0." + " No earlier run of the list to compare with."));
	}

	@Test
	void threeSentencesSayFirstWhatTheDatabaseHas() {
		// given
		String failed = count("select count(*) from audit.smart_job where state = 'Failed'");
		String tokens = count("select sum(total_tokens) from audit.smart_job");
		String kinds = count(
				"select count(distinct job_type || error_code) from audit.smart_job where state = 'Failed'");
		// then
		assertThat(sentences(ReadPage.of(run))).satisfiesExactly(
				(ran) -> assertThat(ran).startsWith("Run " + RUN + " asked for 1,509 ids and found 1,500 jobs.")
					.contains("Everything adds up: "),
				(second) -> assertThat(second).startsWith(failed + " of 1,500 jobs failed (")
					.contains("Newly failed: " + failed + " jobs, new kinds of failure: " + kinds + ";"),
				(cost) -> assertThat(cost).startsWith("The jobs used " + tokens + " tokens;"));
		assertThat(sentences(ReadPage.of(month))).first().asString().startsWith("Month 2026-10 has 1,500 jobs.");
		assertThat(ReadPage.of(run).all("div").filter((div) -> ReadPage.is(div, "tile")).map(Element::getTextContent))
			.startsWith("Jobs1,500", "Failed" + failed + "13.2%", "Newly failed" + failed + kinds + " new kinds",
					"Tokens" + tokens);
	}

	@Test
	void theLastSentenceSaysWhatMovedSinceTheRunAndTheMonthBefore() {
		// given a night and a month with 1,000 tokens for CNY 20, then with 1,500 for CNY
		// 30
		DataSource database = TestPostgres.migratedDatabase();
		new PriceSeed(database, ZoneId.of("UTC")).price("TextGenerate", "CNY", "20", "2026-01-01", null);
		RunSeed first = new RunSeed(database).spent("a1", "TextGenerate", 1000, "2026-09-02T00:00:00Z");
		ReportWriter writer = new ReportWriter(database,
				ReportSettings.of(directory.resolve("moved"), ZoneId.of("UTC")));
		RunSeed second = first.next(RunSeed.STARTED.plusSeconds(86_400));
		JdbcClient.create(database)
			.sql("update audit.audit_run set summary = cast(:summary as jsonb) where run_id = :run")
			.param("summary", writer.write(first.runId(), () -> false).summary())
			.param("run", first.runId().value())
			.update();
		RunId run = second.spent("b1", "TextGenerate", 1500, "2026-10-02T00:00:00Z").close();
		// when
		ReadPage night = ReadPage.of(writer.write(run, () -> false));
		ReadPage month = ReadPage
			.of(writer.write(ReportPeriod.of(YearMonth.of(2026, 10)), RunSeed.ACCOUNT, () -> false));
		// then
		String moved = ": tokens +50.0%, CNY +50.0%.";
		assertThat(sentences(night)).last()
			.isEqualTo("The jobs used 1,500 tokens; spend CNY 30.00. Compared with run " + first.runId() + moved);
		assertThat(sentences(month)).last()
			.isEqualTo("The jobs used 1,500 tokens; spend CNY 30.00. Compared with 2026-09-01 to 2026-09-30" + moved);
	}

	private static List<String> sentences(ReadPage page) {
		return page.all("div")
			.filter((div) -> ReadPage.is(div, "answer"))
			.flatMap((answer) -> ReadPage.all(answer, "p"))
			.filter((paragraph) -> paragraph.getAttribute("class").isEmpty())
			.map(Element::getTextContent)
			.toList();
	}

	@Test
	void thePageLeadsToTheFilesBesideItAndToNothingElse() throws IOException {
		for (WrittenReports reports : List.of(run, month)) {
			List<String> links = ReadPage.of(reports).all("a").map((link) -> link.getAttribute("href")).toList();
			assertThat(links).contains("failures.xlsx", "token-spend.xlsx", "failed-jobs.csv")
				.allSatisfy((link) -> assertThat(reports.directory().resolve(link)).isRegularFile());
			assertThat(Files.readString(reports.directory().resolve("summary.html")).toLowerCase()).doesNotContain(
					"http:", "https:", "url(", "@import", "<script", "javascript:", " src=", "<link", "<img", "<iframe",
					"<object", "<base");
		}
	}

	@Test
	void aReaderWithoutEyesFindsTheWay() {
		for (WrittenReports reports : List.of(run, month)) {
			ReadPage page = ReadPage.of(reports);
			assertThat(page.document().getDocumentElement().getAttribute("lang")).isEqualTo("en");
			assertThat(page.all("title").findFirst()).get()
				.extracting(Element::getTextContent)
				.asString()
				.startsWith("Smart jobs, ");
			assertThat(levels(page)).startsWith(1, 2).filteredOn((level) -> level == 1).hasSize(1);
			for (int index = 1; index < levels(page).size(); index++) {
				assertThat(levels(page).get(index)).isLessThanOrEqualTo(levels(page).get(index - 1) + 1);
			}
			assertThat(page.all("table")).allSatisfy((table) -> assertThat(ReadPage.all(table, "caption")).hasSize(1));
			assertThat(page.all("th")).allSatisfy((head) -> assertThat(head.getAttribute("scope")).isNotEmpty());
			List<String> ids = page.all("*")
				.map((element) -> element.getAttribute("id"))
				.filter((id) -> !id.isEmpty())
				.toList();
			assertThat(ids).doesNotHaveDuplicates();
			assertThat(page.all("svg").filter((svg) -> ReadPage.is(svg, "chart"))).allSatisfy((svg) -> {
				assertThat(svg.getAttribute("role")).isEqualTo("img");
				assertThat(ids).contains(svg.getAttribute("aria-labelledby"), svg.getAttribute("aria-describedby"));
			});
		}
	}

	/** Cells of a workbook are numbers; their labels name the currency. */
	private static List<String> withoutCurrency(List<String> figure) {
		return List.of(figure.get(0), figure.get(1).replaceFirst("^[A-Z]{3} ", ""), figure.get(2));
	}

	private static List<Integer> levels(ReadPage page) {
		return page.all("*")
			.map(Element::getTagName)
			.filter((name) -> name.matches("h[1-6]"))
			.map((name) -> Integer.valueOf(name.substring(1)))
			.toList();
	}

	private static List<String> texts(ReadPage page, String element, String type) {
		return page.all(element).filter((one) -> ReadPage.is(one, type)).map(Element::getTextContent).toList();
	}

	private static String amount(ReadPage page, String workbook, String label) {
		return page.figures(workbook)
			.stream()
			.filter((figure) -> figure.get(0).equals(label))
			.map((figure) -> figure.get(1))
			.findFirst()
			.orElseThrow();
	}

	private static String count(String sql) {
		return "%,d".formatted(JDBC.sql(sql).query(Long.class).single());
	}

	/** Label, amount and share of the rows of a summary, formatted as on the page. */
	private static List<List<String>> summary(WrittenReports reports, String name) {
		ReadWorkbook workbook = ReadWorkbook.of(reports, name + ".xlsx");
		return workbook.rows("Summary")
			.stream()
			.filter((row) -> row.getRowNum() >= FIRST_ROW && row.getCell(0) != null
					&& !row.getCell(0).getCellStyle().equals(sectionStyle(workbook)))
			.map((row) -> {
				String amount = ReadWorkbook.text(row.getCell(1));
				String check = switch (fill(row.getCell(1))) {
					case "FFE3F1E6" -> "passed ";
					case "FFFFC7CE" -> "failed ";
					default -> "";
				};
				return List.of(ReadWorkbook.text(row.getCell(0)), check + (amount.isEmpty() ? "–" : amount),
						ReadWorkbook.text(row.getCell(2)));
			})
			.toList();
	}

	private static CellStyle sectionStyle(ReadWorkbook workbook) {
		return workbook.sheet("Summary").getRow(FIRST_ROW).getCell(0).getCellStyle();
	}

	private static String fill(Cell cell) {
		return (cell.getCellStyle().getFillForegroundColorColor() instanceof XSSFColor color) ? color.getARGBHex() : "";
	}

	private static List<XSSFChart> charts(WrittenReports reports, String name) {
		var drawing = ReadWorkbook.of(reports, name + ".xlsx").sheet("Summary").getDrawingPatriarch();
		return (drawing != null) ? drawing.getCharts() : List.of();
	}

	/** Texts of the cells that a chart's series refer to, without unknown ones. */
	private static List<String> cells(WrittenReports reports, String name, XSSFChart chart) {
		ReadWorkbook workbook = ReadWorkbook.of(reports, name + ".xlsx");
		List<String> shown = new ArrayList<>();
		VALUES.matcher(chart.getCTChart().xmlText()).results().map((values) -> values.group(1)).forEach((range) -> {
			AreaReference area = new AreaReference(range.replace("&apos;", "'"), SpreadsheetVersion.EXCEL2007);
			for (CellReference cell : area.getAllReferencedCells()) {
				XSSFSheet sheet = workbook.sheet(cell.getSheetName());
				shown.add(ReadWorkbook.text(sheet.getRow(cell.getRow()).getCell(cell.getCol())));
			}
		});
		return shown.stream().filter((text) -> !text.isEmpty()).toList();
	}

}
