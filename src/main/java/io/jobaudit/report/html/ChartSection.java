package io.jobaudit.report.html;

import java.util.ArrayList;
import java.util.List;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.definition.ChartDefinition.Type;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.table.ChartedSheet;
import org.jspecify.annotations.Nullable;

/**
 * A chart on the page, with its figures below it.
 *
 * @param picture its drawing; null when there is nothing to draw
 * @param nothing why there is no drawing; null when there is one
 * @param table its figures; null for none
 * @param source where all of its figures are
 */
record ChartSection(String title, @Nullable String picture, @Nullable String nothing, @Nullable ChartTable table,
		String source) {

	/** The sections of a workbook's charts, but for those whose sheet is left out. */
	static List<ChartSection> of(WorkbookDefinition workbook, ReportQueries queries, ReportSubject subject) {
		List<ChartSection> sections = new ArrayList<>();
		for (ChartDefinition definition : workbook.charts()) {
			ChartedSheet.readEach(queries, workbook, definition).forEach((chart, sheet) -> {
				if (!sheet.isLeftOut() && chart.compares(sheet.count())) {
					sections.add(of(workbook, chart, sheet, sections.size() + 1, subject));
				}
			});
		}
		return sections;
	}

	private static ChartSection of(WorkbookDefinition workbook, ChartDefinition chart, ChartedSheet sheet, int number,
			ReportSubject subject) {
		ReportTexts texts = subject.texts();
		ChartPoints points = ChartPoints.of(chart, sheet, texts);
		String name = texts.tab(sheet.definition().name().text());
		return new ChartSection(chart.title(texts),
				points.isEmpty() ? null : picture(points, workbook.name() + "-" + number),
				points.isEmpty() ? nothing(sheet, name, texts) : null,
				sheet.listed().isEmpty() ? null : ChartTable.of(chart, sheet, subject),
				texts.text("page.source", workbook.fileName(), name));
	}

	private static String nothing(ChartedSheet sheet, String name, ReportTexts texts) {
		return (sheet.count() > 0) ? texts.text("chart.unknown-figures", name) : texts.text("chart.no-rows", name);
	}

	private static String picture(ChartPoints points, String id) {
		Html html = new Html();
		writeLegend(html, points);
		if (points.chart().type() == Type.BAR) {
			new BarChart(points).draw(html, id);
		}
		else {
			new UprightChart(points).draw(html, id);
		}
		return html.markup();
	}

	/** The legend, when there are several series. */
	private static void writeLegend(Html html, ChartPoints points) {
		if (points.measures().size() == 1 && points.cumulative() == null) {
			return;
		}
		html.open("p", "class", "legend");
		points.measures().forEach((measure) -> writeKey(html, measure));
		if (points.cumulative() != null) {
			writeKey(html, points.cumulative());
		}
		html.close();
	}

	private static void writeKey(Html html, ChartPoints.Measure measure) {
		html.open("span", "class", "key").open("svg", "width", "10", "height", "10", "aria-hidden", "true");
		Svg.openColor(html, measure.hue());
		html.empty("rect", "width", "10", "height", "10").close().close();
		html.text(" " + measure.name()).close().text(" ");
	}

}
