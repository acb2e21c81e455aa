package io.jobaudit.report.xlsx;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.definition.ChartDefinition.ChartColor;
import io.jobaudit.report.definition.ChartDefinition.Series;
import io.jobaudit.report.definition.ChartDefinition.Type;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.LocatedText;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.xlsx.ReportCell.CellText;
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
import org.apache.poi.xddf.usermodel.chart.DisplayBlanks;
import org.apache.poi.xddf.usermodel.chart.LegendPosition;
import org.apache.poi.xddf.usermodel.chart.MarkerStyle;
import org.apache.poi.xddf.usermodel.chart.XDDFBarChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFChartAxis;
import org.apache.poi.xddf.usermodel.chart.XDDFChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xddf.usermodel.chart.XDDFLineChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFNumericalDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFValueAxis;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/** What a chart draws: its title and legend, axes, bars and lines. */
record ChartPlot(XSSFChart chart, ChartDefinition definition, ChartSource source) {

	/** Small, since long names leave little room for the chart. */
	private static final double LABEL_POINTS = 8;

	/** With more points, markers hide the line. */
	private static final int MANY_POINTS = 60;

	void plot() {
		this.chart.setTitleText(CellText.of(this.definition.title().text()));
		this.chart.setTitleOverlay(false);
		this.chart.getTitle().getBody().getParagraph(0).getTextRuns().get(0).setFontSize(12.0);
		// Else unknown values would be drawn as 0.
		this.chart.displayBlanksAs(DisplayBlanks.GAP);
		plotSeries();
		if (this.definition.cumulative() != null) {
			plotCumulative(this.definition.cumulative());
		}
		if (this.definition.series().size() > 1 || this.definition.cumulative() != null) {
			this.chart.getOrAddLegend().setPosition(LegendPosition.BOTTOM);
		}
	}

	private void plotSeries() {
		XDDFChartAxis names = nameAxis();
		XDDFValueAxis amounts = amountAxis();
		names.getOrAddTextProperties().setFontSize(LABEL_POINTS);
		amounts.getOrAddTextProperties().setFontSize(LABEL_POINTS);
		boolean isLine = this.definition.type() == Type.LINE;
		XDDFChartData data = isLine ? lines(names, amounts) : bars(names, amounts);
		this.definition.series().forEach((series) -> add(data, series.column(), series.color()));
		this.chart.plot(data);
	}

	private XDDFChartAxis nameAxis() {
		if (this.definition.type() == Type.BAR) {
			XDDFChartAxis names = this.chart.createCategoryAxis(AxisPosition.LEFT);
			names.setOrientation(AxisOrientation.MAX_MIN);
			return names;
		}
		if (!this.source.isOfDays()) {
			return this.chart.createCategoryAxis(AxisPosition.BOTTOM);
		}
		XDDFChartAxis days = this.chart.createDateAxis(AxisPosition.BOTTOM);
		days.setNumberFormat(ColumnFormat.DATE.pattern());
		return days;
	}

	private XDDFValueAxis amountAxis() {
		boolean isBar = this.definition.type() == Type.BAR;
		XDDFValueAxis amounts = this.chart.createValueAxis(isBar ? AxisPosition.BOTTOM : AxisPosition.LEFT);
		amounts.setNumberFormat(axisFormat(this.definition.series().get(0).column()));
		if (!this.source.hasBelowZero(this.definition.series())) {
			amounts.setMinimum(0);
		}
		amounts.setCrossBetween(AxisCrossBetween.BETWEEN);
		amounts.getOrAddMajorGridProperties().setLineProperties(line(CellLook.Colors.PALE));
		if (isBar) {
			amounts.setCrosses(AxisCrosses.MAX);
		}
		return amounts;
	}

	private XDDFChartData bars(XDDFChartAxis names, XDDFValueAxis amounts) {
		XDDFBarChartData bars = (XDDFBarChartData) this.chart.createData(ChartTypes.BAR, names, amounts);
		bars.setBarDirection((this.definition.type() == Type.BAR) ? BarDirection.BAR : BarDirection.COL);
		bars.setGapWidth(45);
		bars.setVaryColors(false);
		return bars;
	}

	private XDDFChartData lines(XDDFChartAxis names, XDDFValueAxis amounts) {
		XDDFChartData lines = this.chart.createData(ChartTypes.LINE, names, amounts);
		lines.setVaryColors(false);
		return lines;
	}

	/** Plots a line on its own axes, with the names of the bars. */
	private void plotCumulative(LocatedText column) {
		XDDFChartAxis names = this.chart.createCategoryAxis(AxisPosition.BOTTOM);
		names.setVisible(false);
		XDDFValueAxis shares = this.chart.createValueAxis(AxisPosition.RIGHT);
		shares.setCrosses(AxisCrosses.MAX);
		shares.setCrossBetween(AxisCrossBetween.BETWEEN);
		shares.setNumberFormat(axisFormat(column));
		shares.setMinimum(0);
		shares.setMaximum(1);
		shares.setMajorUnit(0.2);
		shares.getOrAddTextProperties().setFontSize(LABEL_POINTS);
		names.crossAxis(shares);
		shares.crossAxis(names);
		XDDFChartData data = lines(names, shares);
		add(data, column, ChartColor.GREY);
		this.chart.plot(data);
	}

	/** Sets colours explicitly, since LibreOffice draws nothing without them. */
	private void add(XDDFChartData data, LocatedText column, ChartColor hue) {
		XDDFChartData.Series series = data.addSeries(this.source.categories(), this.source.values(column));
		series.setTitle(CellText.of(column.text()), null);
		series.setFillProperties(fill(hue.solid()));
		XDDFLineProperties line = line(hue.solid());
		if (series instanceof XDDFLineChartData.Series points) {
			line.setWidth(2.0);
			points.setSmooth(false);
			points.setMarkerStyle((this.source.rows > MANY_POINTS) ? MarkerStyle.NONE : MarkerStyle.CIRCLE);
		}
		series.setLineProperties(line);
	}

	private String axisFormat(LocatedText column) {
		ColumnFormat format = this.source.format(column);
		return (format == ColumnFormat.PERCENT) ? "0%" : format.pattern();
	}

	private static XDDFSolidFillProperties fill(String color) {
		return new XDDFSolidFillProperties(XDDFColor.from(HexFormat.of().parseHex(color)));
	}

	private static XDDFLineProperties line(String color) {
		return new XDDFLineProperties(fill(color));
	}

	/** The rows of a table sheet that a chart shows. */
	static final class ChartSource {

		private final SheetDefinition table;

		private final XSSFSheet sheet;

		private final LocatedText categories;

		private final int first;

		private final int rows;

		ChartSource(ChartDefinition chart, SheetDefinition table, XSSFSheet sheet, long rowsOfTable) {
			this.table = table;
			this.sheet = sheet;
			this.categories = chart.categories();
			int known = known((int) rowsOfTable);
			this.rows = Math.min(chart.most(), known);
			this.first = chart.isTrend(table) ? known - this.rows + 1 : 1;
		}

		/** Whether an amount is negative, so that the axis must go below zero. */
		boolean hasBelowZero(List<Series> series) {
			return series.stream().map((one) -> this.table.index(one.column())).anyMatch(this::hasBelowZero);
		}

		private boolean hasBelowZero(int column) {
			return IntStream.range(this.first, this.first + this.rows)
				.mapToObj((row) -> this.sheet.getRow(row).getCell(column))
				.anyMatch((cell) -> cell.getCellType() == CellType.NUMERIC && cell.getNumericCellValue() < 0);
		}

		boolean isEmpty() {
			return this.rows == 0;
		}

		boolean isOfDays() {
			return format(this.categories) == ColumnFormat.DATE;
		}

		ColumnFormat format(LocatedText column) {
			return this.table.requireColumn(column).format();
		}

		XDDFDataSource<?> categories() {
			if (!isOfDays()) {
				return XDDFDataSourcesFactory.fromStringCellRange(this.sheet, range(this.categories));
			}
			XDDFNumericalDataSource<Double> days = values(this.categories);
			days.setFormatCode(ColumnFormat.DATE.pattern());
			return days;
		}

		XDDFNumericalDataSource<Double> values(LocatedText column) {
			return XDDFDataSourcesFactory.fromNumericCellRange(this.sheet, range(column));
		}

		private CellRangeAddress range(LocatedText column) {
			int index = this.table.index(column);
			return new CellRangeAddress(this.first, this.first + this.rows - 1, index, index);
		}

		/** Leaves out unknown days, which come last and have no place on a time axis. */
		private int known(int all) {
			if (all == 0 || !isOfDays()) {
				return all;
			}
			boolean lastIsDay = this.sheet.getRow(all)
				.getCell(this.table.index(this.categories))
				.getCellType() == CellType.NUMERIC;
			return lastIsDay ? all : all - 1;
		}

	}

}
