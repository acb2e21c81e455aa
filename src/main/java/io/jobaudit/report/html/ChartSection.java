package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.time.ZoneId;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.definition.ChartDefinition.Type;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.table.ChartedSheet;
import io.jobaudit.report.table.ValueText;

/** A chart on a page, with its figures below it. */
record ChartSection(WorkbookDefinition workbook, ChartDefinition chart, ChartedSheet sheet, ZoneId zone) {

	void write(Html html, String id) {
		if (this.sheet.isLeftOut()) {
			return;
		}
		html.open("div", "class", "part").line("h3", this.chart.title().text());
		ChartPoints points = ChartPoints.of(this.chart, this.sheet);
		if (points.isEmpty()) {
			html.line("p", ReportTexts.text("chart.empty"), "class", "note");
		}
		else {
			html.open("div", "class", "picture");
			writeLegend(html, points);
			if (this.chart.type() == Type.BAR) {
				new BarChart(points).draw(html, id);
			}
			else {
				new UprightChart(points).draw(html, id);
			}
			html.close();
		}
		html.close();
		if (this.sheet.count() > 0) {
			writeFigures(html);
		}
	}

	/** The legend, when there are several series. */
	private void writeLegend(Html html, ChartPoints points) {
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

	private void writeKey(Html html, ChartPoints.Measure measure) {
		html.open("span", "class", "key").open("svg", "width", "10", "height", "10", "aria-hidden", "true");
		Svg.openColor(html, measure.hue());
		html.empty("rect", "width", "10", "height", "10").close().close();
		html.text(" " + measure.name()).close().text(" ");
	}

	private void writeFigures(Html html) {
		html.open("div", "class", "listed");
		ChartTable table = new ChartTable(this.chart, this.sheet, this.zone);
		table.write(html);
		if (table.more() > 0) {
			html.open("p", "class", "note")
				.text(ReportTexts.text("page.more-rows",
						ValueText.of(BigDecimal.valueOf(table.more()), ColumnFormat.COUNT)) + " ");
			html.line("a", this.workbook.fileName(), "href", this.workbook.fileName());
			html.text(ReportTexts.text("page.more-rows-sheet", this.sheet.definition().name())).close();
		}
		html.close();
	}

}
