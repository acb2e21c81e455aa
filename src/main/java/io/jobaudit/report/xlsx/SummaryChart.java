package io.jobaudit.report.xlsx;

import io.jobaudit.report.definition.ChartDefinition;
import org.apache.poi.xddf.usermodel.chart.LegendPosition;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/** The frame of a chart on a summary. */
final class SummaryChart {

	private static final int MOST_ROWS = 24;

	private static final int LEAST_ROWS = 12;

	/** Rows of a printed page below the title. */
	private static final int ROWS_OF_PAGE = 38;

	private static final double TITLE_POINTS = 12;

	private final ChartDefinition definition;

	private final ChartSource source;

	SummaryChart(ChartDefinition definition, ChartSource source) {
		this.definition = definition;
		this.source = source;
	}

	/**
	 * Draws the chart on a summary, unless it is empty.
	 * @param charts how many share the page
	 * @return the first row of the next chart
	 */
	int drawOn(XSSFSheet summary, int firstRow, int charts) {
		if (this.source.isEmpty()) {
			return firstRow;
		}
		int lastRow = firstRow + rows(charts);
		XSSFChart chart = summary.createDrawingPatriarch()
			.createChart(new XSSFClientAnchor(0, 0, 0, 0, SummarySheet.CHART_FIRST_COLUMN, firstRow,
					SummarySheet.CHART_LAST_COLUMN, lastRow));
		chart.setTitleText(CellText.of(this.definition.title().text()));
		chart.setTitleOverlay(false);
		chart.getTitle().getBody().getParagraph(0).getTextRuns().get(0).setFontSize(TITLE_POINTS);
		new ChartPlot(chart, this.definition, this.source).plot();
		if (this.definition.series().size() > 1 || this.definition.cumulative() != null) {
			chart.getOrAddLegend().setPosition(LegendPosition.BOTTOM);
		}
		return lastRow + 1;
	}

	/** Up to three charts fit the page, with a row between them. */
	private static int rows(int charts) {
		return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, (ROWS_OF_PAGE + 1) / charts - 1));
	}

}
