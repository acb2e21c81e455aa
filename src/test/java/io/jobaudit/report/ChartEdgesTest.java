package io.jobaudit.report;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.TestPostgres;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Charts of workbook and page with no point, with one, with many, and with odd ones. */
class ChartEdgesTest {

	private static final List<Integer> LENGTHS = List.of(0, 1, 2, 31, 400, 500);

	@TempDir
	private static Path directory;

	private static ReadWorkbook workbook;

	private static ReadPage page;

	@BeforeAll
	static void write() {
		SiteDirectory site = new SiteDirectory(directory);
		String charts = LENGTHS.stream()
			.map((length) -> "  - {title: Days %1$d, type: line, sheet: Length %1$d, categories: Day, series: [Rate]}%n"
				.formatted(length))
			.collect(Collectors.joining());
		String sheets = LENGTHS.stream()
			.map((length) -> "  - {name: Length %1$d, title: Days, columns: [{header: Day, format: date}, {header: Rate, format: percent}, {header: Jobs, format: count, total: true}]}%n"
				.formatted(length))
			.collect(Collectors.joining());
		site.file("edges/workbook.yml",
				"""
						title: Edges
						charts:
						%s  - {title: Jobs, type: column, sheet: Length 31, categories: Day, series: [Jobs]}
						  - {title: Equal, type: column, sheet: Equal, categories: Name, series: [Amount]}
						  - {title: Giant, type: column, sheet: Giant, categories: Name, series: [Amount]}
						  - {title: Below, type: column, sheet: Below, categories: Name, series: [Amount]}
						  - {title: Gaps, type: line, sheet: Gaps, categories: Name, series: [Amount]}
						sheets:
						%s  - {name: Equal, title: Equal, columns: [{header: Name, format: text}, {header: Amount, format: count}]}
						  - {name: Giant, title: Giant, columns: [{header: Name, format: text}, {header: Amount, format: count}]}
						  - {name: Below, title: Below, columns: [{header: Name, format: text}, {header: Amount, format: count}]}
						  - {name: Gaps, title: Gaps, columns: [{header: Name, format: text}, {header: Amount, format: count}]}
						"""
					.formatted(charts, sheets));
		LENGTHS.forEach((length) -> site.file("edges/length-%d.sql".formatted(length),
				"select date '2026-01-01' + n as \"Day\", n / 1000.0 as \"Rate\", n as \"Jobs\" from generate_series(1, %d) as n"
					.formatted(length)));
		site.file("edges/equal.sql", rows("7, 7, 7"))
			.file("edges/giant.sql", rows("1, 2, 999999999999999"))
			.file("edges/below.sql", rows("5, -3, 0"))
			.file("edges/gaps.sql", rows("1, null, 3"));
		DataSource database = TestPostgres.migratedDatabase();
		WrittenReports reports = new ReportWriter(database, site.properties()).write(new RunSeed(database).close(),
				() -> false);
		workbook = ReadWorkbook.of(reports, "edges.xlsx");
		page = ReadPage.of(reports);
	}

	@ParameterizedTest
	@CsvSource({ "1, $A$2, 1", "2, $A$2:$A$3, 2", "31, $A$2:$A$32, 31", "400, $A$2:$A$401, 400",
			"500, $A$102:$A$501, 400" })
	void aChartHasAllPointsOrTheLastOnesOfTooMany(int length, String range, int points) {
		String title = "Days " + length;
		assertThat(chart(title)).contains("'Length " + length + "'!" + range + "<");
		assertThat(page.drawn(title)).hasSize(points).last().isEqualTo("%.1f%%".formatted(length / 10.0));
	}

	@Test
	void withoutAPointThereIsNoChart() {
		assertThat(titles()).doesNotContain("Days 0").contains("Days 1");
		assertThat(page.all("svg").filter((svg) -> svg.getAttribute("aria-labelledby").equals("edges-1-title")))
			.isEmpty();
	}

	@Test
	void ofATrendTheLatestRowsAreListedFirstAndTheOthersAreSummed() {
		assertThat(page.rows("Jobs")).hasSize(10).startsWith(List.of("2026-02-01", "31"), List.of("2026-01-31", "30"));
		assertThat(page.sums("Jobs")).containsExactly(List.of("and 21 more", "231"), List.of("Total", "496"));
	}

	@Test
	void whatIsUnknownIsAGapAndNotZero() {
		assertThat(chart("Gaps")).contains("<c:dispBlanksAs val=\"gap\"/>");
		assertThat(page.drawn("Gaps")).containsExactly("1", "3");
	}

	@Test
	void anAxisBeginsAtZeroUnlessSomethingIsBelowIt() {
		assertThat(chart("Equal")).contains("<c:min val=\"0.0\"/>");
		assertThat(chart("Giant")).contains("<c:min val=\"0.0\"/>");
		assertThat(chart("Below")).doesNotContain("<c:min ");
	}

	@Test
	void markersAreLeftOutWhereTheyWouldHideTheLine() {
		assertThat(chart("Days 31")).contains("<c:symbol val=\"circle\"/>");
		assertThat(chart("Days 400")).contains("<c:symbol val=\"none\"/>").doesNotContain("circle");
	}

	private static String rows(String amounts) {
		return "select 'n' || n as \"Name\", amount as \"Amount\" from unnest(cast(array[%s] as bigint[])) with ordinality as t (amount, n)"
			.formatted(amounts);
	}

	private static Stream<XSSFChart> charts() {
		return workbook.sheet("Summary").getDrawingPatriarch().getCharts().stream();
	}

	private static List<String> titles() {
		return charts().map((chart) -> chart.getTitleText().getString()).toList();
	}

	private static String chart(String title) {
		return charts().filter((chart) -> chart.getTitleText().getString().equals(title))
			.findFirst()
			.orElseThrow()
			.getCTChart()
			.xmlText();
	}

}
