package io.jobaudit.report;

import java.nio.file.Path;
import java.util.List;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.ConditionType;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFConditionalFormatting;
import org.apache.poi.xssf.usermodel.XSSFSheetConditionalFormatting;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every format, highlight, chart and link of a definition, read back. */
class FormatsTest {

	private static final String DEFINITION = """
			title: Formats
			detail: Every format
			charts:
			  - {title: Bars, type: bar, sheet: Every format, categories: Name, series: [Count, {column: Money, color: green}]}
			  - {title: Line, type: line, sheet: Every format, categories: Day, series: [Share], most: 2}
			  - {title: Pareto, type: pareto, sheet: Every format, categories: Name, series: [Count], cumulative: Share}
			  - {title: Nothing, type: column, sheet: Nothing, categories: Key, series: [Count]}
			sheets:
			  - name: Every format
			    title: Every format
			    columns:
			      - {header: Name, format: text, highlight: {one: green, "t\\"wo": red}}
			      - {header: Id, format: id}
			      - {header: Count, format: count, total: true, highlight: positive}
			      - {header: Tokens, format: tokens, total: true, highlight: bar}
			      - {header: Decimal, format: decimal}
			      - {header: Currency, format: text}
			      - {header: Money, format: money, currency: Currency, total: true}
			      - {header: Euros, format: money, total: true}
			      - {header: Share, format: percent}
			      - {header: At, format: instant}
			      - {header: Day, format: date}
			      - {header: Time, format: duration, total: true, width: 33}
			      - {header: Link, format: link, sheet: Details, match: Key}
			  - name: Nothing
			    title: No rows
			    optional: true
			    columns: [{header: Key, format: text}, {header: Count, format: count, total: true}]
			  - name: Details
			    title: Details
			    streams: true
			    columns: [{header: Key, format: id}]
			""";

	private static final String EVERY_FORMAT = """
			select name as "Name", '007' as "Id", n as "Count", 1000 * n as "Tokens", n / 3.0 as "Decimal",
			  currency as "Currency", 1234.5 * n as "Money", 2.5 * n as "Euros", n / 4.0 as "Share",
			  timestamptz '2026-10-01 02:03:04.9Z' as "At", date '2026-10-01' + n as "Day", seconds as "Time", link as "Link"
			from (values ('one', 1, 'CNY', 90061, 'k"3'), ('t"wo', 2, 'USD', -61, 'nowhere'),
			  ('three', -1, 'CNY', 0, repeat('k', 300))) as v (name, n, currency, seconds, link)
			""";

	private static final String SUMMARY = """
			select 'Figures' as section, label, amount, null::numeric as share, 'note' as note, false as is_check, format, link
			from (values ('Duration', 3661.0, 'duration', null), ('Money', 5, 'money', 'Details'), ('Nothing', 0, null, 'Nothing'))
			  as v (label, amount, format, link)
			""";

	@TempDir
	private static Path directory;

	private static ReadWorkbook workbook;

	@BeforeAll
	static void writeAndReadBack() {
		SiteDirectory site = new SiteDirectory(directory).file("formats/workbook.yml", DEFINITION)
			.file("formats/every-format.sql", EVERY_FORMAT)
			.file("formats/summary.sql", SUMMARY)
			.file("formats/nothing.sql", "select 'x' as \"Key\", 1 as \"Count\" where false")
			.file("formats/details.sql", "select 'k\"' || n as \"Key\" from generate_series(1, 4) as n");
		DataSource database = TestPostgres.migratedDatabase();
		ReportWriter writer = new ReportWriter(database, site.properties());
		writer.requireUsableQueries();
		RunId run = new RunSeed(database).close();
		workbook = ReadWorkbook.of(writer.write(run, () -> false), "formats.xlsx");
	}

	@ParameterizedTest
	@CsvSource({ "Name, one, STRING, @, LEFT", "Id, 007, STRING, @, LEFT", "Count, 1, NUMERIC, '#,##0', RIGHT",
			"Tokens, '1,000', NUMERIC, '#,##0', RIGHT", "Decimal, 0.33, NUMERIC, '#,##0.00', RIGHT",
			"Money, '1,234.50', NUMERIC, '#,##0.00;[Red]-#,##0.00', RIGHT", "Share, 25.0%, NUMERIC, 0.0%, RIGHT",
			"At (Asia/Shanghai), 2026-10-01 10:03:04, NUMERIC, yyyy-mm-dd hh:mm:ss, LEFT",
			"Day, 2026-10-02, NUMERIC, yyyy-mm-dd, LEFT", "Time, 25:01:01, NUMERIC, [h]:mm:ss, RIGHT" })
	void eachFormatHasItsTypePatternAndAlignment(String column, String shown, CellType type, String pattern,
			HorizontalAlignment alignment) {
		Cell cell = workbook.cell("Every format", 1, column);

		assertThat(ReadWorkbook.text(cell)).isEqualTo(shown);
		assertThat(cell.getCellType()).isEqualTo(type);
		assertThat(cell.getCellStyle().getDataFormatString()).isEqualTo(pattern);
		assertThat(cell.getCellStyle().getAlignment()).isEqualTo(alignment);
	}

	@Test
	void aTimeBelowZeroIsATextThatSaysSo() {
		assertThat(workbook.column("Every format", "Time")).startsWith("25:01:01", "-0:01:01", "0:00:00");
	}

	@Test
	void totalsStandWhereTheyAreAskedForAndCurrenciesAreNeverAddedUp() {
		assertThat(workbook.totals("Every format")).containsEntry("Count", "2")
			.containsEntry("Tokens", "2,000")
			.containsEntry("Decimal", "")
			.containsEntry("Money", "")
			.containsEntry("Euros", "5.00")
			.containsEntry("Time", "25:00:00");
		assertThat(workbook.totals("Every format", "CNY")).containsEntry("Money", "0.00").containsEntry("Count", "");
		assertThat(workbook.totals("Every format", "USD")).containsEntry("Money", "2,469.00");
	}

	@Test
	void aWidthThatIsSetIsTheColumns() {
		assertThat(workbook.sheet("Every format").getColumnWidth(11)).isEqualTo(33 * 256);
	}

	@Test
	void theTableAndNoTextBesideItIsPrinted() {
		assertThat(workbook.workbook().getPrintArea(1)).isEqualTo("'Every format'!$A$1:$M$7");
	}

	@Test
	void aLinkLeadsToTheRowWithItsValueOrStaysAText() {
		assertThat(workbook.cell("Every format", 1, "Link").getCellFormula())
			.isEqualTo("HYPERLINK(\"#Details!A4\",\"k\"\"3\")");
		assertThat(workbook.cell("Every format", 1, "Link").getStringCellValue()).isEqualTo("k\"3");
		assertThat(workbook.cell("Every format", 2, "Link").getCellType()).as("no row has it")
			.isEqualTo(CellType.STRING);
		assertThat(workbook.cell("Every format", 3, "Link").getStringCellValue()).as("too long for a formula")
			.hasSize(300);
	}

	@Test
	void figuresHaveTheirFormatAndLeadToSheetsThatAreThere() {
		assertThat(workbook.figure("Duration")).isEqualTo("1:01:01");
		assertThat(workbook.figure("Money")).isEqualTo("5.00");
		assertThat(workbook.cells()).filteredOn((cell) -> cell.getCellType() == CellType.FORMULA)
			.extracting(Cell::getCellFormula)
			.filteredOn((formula) -> formula.startsWith("HYPERLINK"))
			.containsExactly("HYPERLINK(\"#Details!A1\",\"Money\")", "HYPERLINK(\"#Details!A4\",\"k\"\"3\")");
	}

	@Test
	void anOptionalSheetWithoutRowsIsLeftOutAndSoIsItsChart() {
		assertThat(workbook.sheetNames()).containsExactly("Summary", "Every format", "Details", "Audit");
		assertThat(charts()).hasSize(3);
	}

	@Test
	void highlightsAreConditionalFormatsOfTheRowsWithoutTotals() {
		XSSFSheetConditionalFormatting formats = workbook.sheet("Every format").getSheetConditionalFormatting();
		assertThat(List.of(0, 1, 2, 3)).extracting(formats::getConditionalFormattingAt)
			.extracting((format) -> format.getFormattingRanges()[0].formatAsString())
			.containsExactly("A2:A4", "A2:A4", "C2:C4", "D2:D4");
		assertThat(List.of(0, 1, 2)).extracting(formats::getConditionalFormattingAt)
			.extracting(FormatsTest::formula)
			.containsExactly("\"one\"", "\"t\"\"wo\"", "0");
		assertThat(formats.getConditionalFormattingAt(3).getRule(0).getConditionType())
			.isEqualTo(ConditionType.DATA_BAR);
		assertThat(formats.getConditionalFormattingAt(2).getRule(0).getFontFormatting().getFontColor())
			.extracting("ARGBHex")
			.isEqualTo("FF9C0006");
	}

	@Test
	void chartsShowTheirColumnsInTheirColours() {
		assertThat(charts().get(0)).contains("<c:barDir val=\"bar\"/>", "'Every format'!$A$2:$A$4",
				"'Every format'!$C$2:$C$4", "'Every format'!$G$2:$G$4", "4E8B5F", "<c:legend>");
		assertThat(charts().get(1))
			.contains("<c:lineChart>", "<c:dateAx>", "'Every format'!$K$3:$K$4", "'Every format'!$I$3:$I$4",
					"formatCode=\"0%\"")
			.doesNotContain("<c:legend>");
		assertThat(charts().get(2)).contains("<c:barDir val=\"col\"/>", "<c:lineChart>", "<c:max val=\"1.0\"/>",
				"<c:idx val=\"0\"/>", "<c:idx val=\"1\"/>", "<c:legend>");
	}

	private static List<String> charts() {
		return workbook.sheet("Summary")
			.getDrawingPatriarch()
			.getCharts()
			.stream()
			.map(XSSFChart::getCTChart)
			.map((chart) -> chart.xmlText())
			.toList();
	}

	private static String formula(XSSFConditionalFormatting format) {
		return format.getRule(0).getFormula1();
	}

}
