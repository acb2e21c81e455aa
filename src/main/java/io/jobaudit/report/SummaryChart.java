package io.jobaudit.report;

import java.util.HexFormat;

import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xddf.usermodel.XDDFColor;
import org.apache.poi.xddf.usermodel.XDDFLineProperties;
import org.apache.poi.xddf.usermodel.XDDFSolidFillProperties;
import org.apache.poi.xddf.usermodel.chart.AxisCrossBetween;
import org.apache.poi.xddf.usermodel.chart.AxisCrosses;
import org.apache.poi.xddf.usermodel.chart.AxisOrientation;
import org.apache.poi.xddf.usermodel.chart.AxisPosition;
import org.apache.poi.xddf.usermodel.chart.BarDirection;
import org.apache.poi.xddf.usermodel.chart.ChartTypes;
import org.apache.poi.xddf.usermodel.chart.XDDFBarChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFChartAxis;
import org.apache.poi.xddf.usermodel.chart.XDDFChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xddf.usermodel.chart.XDDFNumericalDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFValueAxis;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/** The picture on a summary: bars over the first rows of a table sheet. */
final class SummaryChart {

	private static final int ROWS = 24;

	private static final double TITLE_POINTS = 12;

	private static final int GAP_PERCENT = 45;

	private final ChartDefinition definition;

	private final XSSFSheet source;

	private final int categories;

	private final int values;

	SummaryChart(ChartDefinition definition, XSSFSheet source) {
		this.definition = definition;
		this.source = source;
		this.categories = column(definition.categories());
		this.values = column(definition.values());
	}

	/** Draws on a summary, or nothing where there is nothing to draw. */
	void drawOn(XSSFSheet summary, long sourceRows) {
		int rows = charted(sourceRows);
		if (rows == 0) {
			return;
		}
		XSSFClientAnchor anchor = new XSSFClientAnchor(0, 0, 0, 0, SummarySheet.CHART_FIRST_COLUMN,
				SummarySheet.FIRST_ROW, SummarySheet.CHART_LAST_COLUMN, SummarySheet.FIRST_ROW + ROWS);
		XSSFChart chart = summary.createDrawingPatriarch().createChart(anchor);
		chart.setTitleText(this.definition.title());
		chart.setTitleOverlay(false);
		chart.getTitle().getBody().getParagraph(0).getTextRuns().get(0).setFontSize(TITLE_POINTS);
		plot(chart, rows);
	}

	private void plot(XSSFChart chart, int rows) {
		XDDFChartAxis names = upright() ? chart.createDateAxis(AxisPosition.BOTTOM)
				: chart.createCategoryAxis(AxisPosition.LEFT);
		XDDFValueAxis amounts = chart.createValueAxis(upright() ? AxisPosition.LEFT : AxisPosition.BOTTOM);
		amounts.setNumberFormat(ColumnFormat.COUNT.pattern());
		amounts.setMinimum(0);
		amounts.setCrossBetween(AxisCrossBetween.BETWEEN);
		amounts.getOrAddMajorGridProperties().setLineProperties(line(Look.Colors.PALE));
		if (upright()) {
			names.setNumberFormat(ColumnFormat.DATE.pattern());
		}
		else {
			names.setOrientation(AxisOrientation.MAX_MIN);
			amounts.setCrosses(AxisCrosses.MAX);
		}
		XDDFBarChartData bars = (XDDFBarChartData) chart.createData(ChartTypes.BAR, names, amounts);
		bars.setBarDirection(upright() ? BarDirection.COL : BarDirection.BAR);
		bars.setGapWidth(GAP_PERCENT);
		bars.setVaryColors(false);
		addSeries(bars, rows);
		chart.plot(bars);
	}

	private void addSeries(XDDFBarChartData bars, int rows) {
		XDDFNumericalDataSource<Double> amounts = XDDFDataSourcesFactory.fromNumericCellRange(this.source,
				range(this.values, rows));
		XDDFChartData.Series series = bars.addSeries(names(rows), amounts);
		series.setTitle(this.definition.values(), null);
		String color = upright() ? Look.Colors.BLUE : Look.Colors.RUST;
		// LibreOffice draws nothing where the colours are left to the program.
		series.setFillProperties(fill(color));
		series.setLineProperties(line(color));
	}

	private XDDFDataSource<?> names(int rows) {
		CellRangeAddress range = range(this.categories, rows);
		if (!upright()) {
			return XDDFDataSourcesFactory.fromStringCellRange(this.source, range);
		}
		XDDFNumericalDataSource<Double> days = XDDFDataSourcesFactory.fromNumericCellRange(this.source, range);
		days.setFormatCode(ColumnFormat.DATE.pattern());
		return days;
	}

	private CellRangeAddress range(int column, int rows) {
		return new CellRangeAddress(1, rows, column, column);
	}

	/** Days come last that are not known: they have no place on an axis of time. */
	private int charted(long rows) {
		int charted = (int) Math.min(this.definition.most(), rows);
		if (charted > 0 && upright()
				&& this.source.getRow(charted).getCell(this.categories).getCellType() != CellType.NUMERIC) {
			charted--;
		}
		return charted;
	}

	private boolean upright() {
		return this.definition.shape() == ChartDefinition.Shape.COLUMNS;
	}

	private int column(String header) {
		for (Cell cell : this.source.getRow(0)) {
			if (cell.getStringCellValue().equals(header)) {
				return cell.getColumnIndex();
			}
		}
		throw new IllegalStateException("no column \"%s\" on sheet \"%s\" for the chart \"%s\"".formatted(header,
				this.source.getSheetName(), this.definition.title()));
	}

	private static XDDFSolidFillProperties fill(String color) {
		return new XDDFSolidFillProperties(XDDFColor.from(HexFormat.of().parseHex(color)));
	}

	private static XDDFLineProperties line(String color) {
		return new XDDFLineProperties(fill(color));
	}

}
