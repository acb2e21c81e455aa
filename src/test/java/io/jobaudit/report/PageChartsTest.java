package io.jobaudit.report;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.TestPostgres;
import io.jobaudit.report.table.ChartedSheet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What is drawn is as long, as high and as far to the right as the figures say. */
class PageChartsTest {

	private static final String DEFINITION = """
			title: Charts
			charts:
			  - {title: Columns, type: column, sheet: Days, categories: Day, series: [Amount]}
			  - {title: Pairs, type: column, sheet: Days, categories: Day, series: [Amount, {column: Rest, color: red}]}
			  - {title: Line, type: line, sheet: Days, categories: Day, series: [Rate], most: 4}
			  - {title: Bars, type: bar, sheet: Codes, categories: Code, series: [Jobs]}
			  - {title: Pareto, type: pareto, sheet: Codes, categories: Code, series: [Jobs], cumulative: Cumulative}
			  - {title: Money, type: bar, sheet: Spend, categories: Type, series: [Spend]}
			  - {title: Long, type: bar, sheet: Long, categories: Name, series: [Count]}
			  - {title: Unknown, type: column, sheet: Unknown, categories: Name, series: [Count]}
			  - {title: Left out, type: column, sheet: Left out, categories: Name, series: [Count]}
			sheets:
			  - name: Days
			    title: Days
			    columns:
			      - {header: Day, format: date}
			      - {header: Amount, format: tokens, total: true}
			      - {header: Rest, format: count}
			      - {header: Rate, format: percent}
			  - name: Codes
			    title: Codes
			    columns:
			      - {header: Code, format: text}
			      - {header: Jobs, format: count, total: true}
			      - {header: Cumulative, format: percent}
			  - name: Spend
			    title: Spend
			    columns:
			      - {header: Type, format: text}
			      - {header: Currency, format: text}
			      - {header: Spend, format: money, currency: Currency, total: true}
			  - {name: Long, title: Long, columns: [{header: Name, format: text}, {header: Count, format: count, total: true}]}
			  - {name: Unknown, title: Unknown, columns: [{header: Name, format: text}, {header: Count, format: count}]}
			  - name: Left out
			    title: Left out
			    optional: true
			    columns: [{header: Name, format: text}, {header: Count, format: count}]
			""";

	private static final String DAYS = """
			select day as "Day", amount as "Amount", rest as "Rest", rate as "Rate"
			from (values (date '2026-10-01', 500, 1, 0.25), ('2026-10-02', 1000, -500, null), ('2026-10-03', null, 2, 0.5),
			  ('2026-10-10', 250, 3, 1), (null, 9000, 4, 1)) as v (day, amount, rest, rate)
			""";

	@TempDir
	private static Path directory;

	private static ReadPage page;

	@BeforeAll
	static void write() {
		SiteDirectory site = new SiteDirectory(directory).file("charts/workbook.yml", DEFINITION)
			.file("charts/days.sql", DAYS)
			.file("charts/codes.sql",
					"""
							select code as "Code", jobs as "Jobs", cumulative as "Cumulative"
							from (values ('<b>&"No''Voice', 60, 0.6), ('TooLong', 30, 0.9), (null, 10, 1)) as v (code, jobs, cumulative)
							""")
			.file("charts/spend.sql", """
					select type as "Type", 'CNY' as "Currency", spend as "Spend"
					from (values ('ASR', 1234.565), ('Text', null)) as v (type, spend)
					""")
			.file("charts/long.sql", "select 'n' || n as \"Name\", n as \"Count\" from generate_series(1, 1240) as n")
			.file("charts/unknown.sql", "select 'x' as \"Name\", null::bigint as \"Count\"")
			.file("charts/left-out.sql", "select 'x' as \"Name\", 1 as \"Count\" where false");
		DataSource database = TestPostgres.migratedDatabase();
		ReportWriter writer = new ReportWriter(database, site.properties());
		writer.requireUsableQueries();
		page = ReadPage.of(writer.write(new RunSeed(database).close(), () -> false));
	}

	@Test
	void columnsAreAsHighAsTheirAmountsAndUnknownOnesHaveNone() {
		// 1,000 is the end of the axis
		assertThat(numbers("Columns", "rect", "height")).containsExactly(100.0, 200.0, 50.0);
		assertThat(numbers("Columns", "rect", "y")).containsExactly(126.0, 26.0, 176.0);
		assertThat(page.drawn("Columns")).containsExactly("500", "1,000", "250");
	}

	@Test
	void daysStandWhereTheyAreInTimeAndUnknownOnesNowhere() {
		// ten days of 10 % each, a column fills 1 / 1.45 of its day
		assertThat(numbers("Columns", "rect", "x")).satisfiesExactly(
				(first) -> assertThat(first).isCloseTo(1.552, within(0.001)),
				(second) -> assertThat(second).isCloseTo(11.552, within(0.001)),
				(last) -> assertThat(last).isCloseTo(91.552, within(0.001)));
		assertThat(page.rows("Columns")).as("the latest first")
			.containsExactly(List.of("(none)", "9,000"), List.of("2026-10-10", "250"), List.of("2026-10-03", "–"),
					List.of("2026-10-02", "1,000"), List.of("2026-10-01", "500"));
	}

	@Test
	void seriesStandSideBySideAndAmountsBelowZeroHangDown() {
		List<Double> heights = numbers("Pairs", "rect", "height");
		List<Double> tops = numbers("Pairs", "rect", "y");
		// from -500 to 1,000 in steps of 500
		assertThat(heights.get(1)).isCloseTo(133.33, within(0.01));
		assertThat(heights.get(4)).as("-500").isCloseTo(66.67, within(0.01));
		assertThat(tops.get(4)).as("below the line of zero").isCloseTo(tops.get(1) + heights.get(1), within(0.02));
		assertThat(numbers("Pairs", "rect", "x").get(3)).as("right of its neighbour")
			.isCloseTo(numbers("Pairs", "rect", "x").get(0) + numbers("Pairs", "rect", "width").get(0), within(0.002));
	}

	@Test
	void aLineHasAGapWhereNothingIsKnownAndEndsWithItsRows() {
		assertThat(numbers("Line", "circle", "cy")).containsExactly(176.0, 126.0, 26.0);
		assertThat(drawnLines("Line")).as("from the third to the last day").singleElement().satisfies((line) -> {
			assertThat(line.getAttribute("y1")).isEqualTo("126");
			assertThat(line.getAttribute("y2")).isEqualTo("26");
		});
	}

	@Test
	void barsAreAsLongAsTheirAmounts() {
		assertThat(ReadPage.all(page.chart("Bars"), "rect")
			.filter((bar) -> !ReadPage.is(bar, "track"))
			.map((bar) -> bar.getAttribute("width"))).containsExactly("100%", "50%", "16.667%");
		assertThat(page.drawn("Bars")).containsExactly("60", "30", "10");
	}

	@Test
	void aParetoChartHasALineOfShares() {
		assertThat(numbers("Pareto", "rect", "height")).containsExactly(200.0, 100.0, 33.33);
		assertThat(numbers("Pareto", "circle", "cy")).containsExactly(106.0, 46.0, 26.0);
		assertThat(page.chart("Pareto").getElementsByTagName("desc").item(0).getTextContent()).isEqualTo(
				"Columns with the line of their cumulative share, a row of 3 by Code, from <b>&\"No'Voice to (none). "
						+ "Jobs: most 60 (<b>&\"No'Voice), least 10 ((none)). Cumulative reaches 90.0% with the first 2.");
		assertThat(page.rows("Pareto")).last().isEqualTo(List.of("(none)", "10", "100.0%"));
	}

	@Test
	void moneyHasItsCurrencyAlsoInTheTotal() {
		assertThat(page.rows("Money")).containsExactly(List.of("ASR", "CNY 1,234.57"), List.of("Text", "–"));
		assertThat(page.sums("Money")).containsExactly(List.of("Total", "CNY 1,234.57"));
	}

	@Test
	void aLongSheetIsCutAndSaysWhereTheRestIs() {
		assertThat(page.rows("Long")).hasSize(ChartedSheet.MOST_LISTED).last().isEqualTo(List.of("n10", "10"));
		assertThat(page.sums("Long")).as("above the total what is not listed")
			.containsExactly(List.of("and 1,230 more", "769,365"), List.of("Total", "769,420"));
		assertThat(page.document().getDocumentElement().getTextContent())
			.contains("All of them: charts.xlsx, sheet Long.");
		assertThat(page.drawn("Long")).as("bars").hasSize(25);
	}

	@Test
	void whatIsNotKnownIsNotDrawnAndWhatIsLeftOutIsNotNamed() {
		List<String> headings = page.all("h3").map(Element::getTextContent).toList();
		assertThat(headings).contains("Unknown").doesNotContain("Left out");
		assertThat(page.all("svg").map((svg) -> svg.getAttribute("aria-labelledby"))).contains("charts-7-title")
			.doesNotContain("charts-8-title");
	}

	private static List<Double> numbers(String chart, String element, String attribute) {
		return ReadPage.all(page.chart(chart), element)
			.map((one) -> new BigDecimal(one.getAttribute(attribute).replace("%", "")).doubleValue())
			.toList();
	}

	private static Stream<Element> drawnLines(String chart) {
		return ReadPage.all(page.chart(chart), "line").filter((line) -> ReadPage.is(line, "stroke"));
	}

}
