package io.jobaudit.report.xlsx;

import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.definition.ChartDefinition.ChartColor;
import io.jobaudit.report.definition.ChartDefinition.Series;
import io.jobaudit.report.definition.ChartDefinition.Type;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.LocatedText;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.xlsx.ReportCell.CellText;
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
import org.jspecify.annotations.Nullable;

/** What a chart draws: its title and legend, axes, bars and lines. */
record ChartPlot(XSSFChart chart, ChartDefinition definition, ChartSource source, ReportTexts texts) {

	/** Small, since long names leave little room for the chart. */
	private static final double LABEL_POINTS = 8;

	/** With more points, markers hide the line. */
	private static final int MANY_POINTS = 60;

	/** With fewer bars, each would be too wide. */
	private static final int FEW_BARS = 4;

	void plot() {
		this.chart.setTitleText(CellText.of(this.definition.title(this.texts), this.texts));
		this.chart.setTitleOverlay(false);
		this.chart.getTitle().getBody().getParagraph(0).getTextRuns().get(0).setFontSize(12.0);
		// Otherwise unknown values would be drawn as 0.
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
		names.setTitle(header(this.definition.categories()));
		amounts.setTitle(CellText.of(this.definition.amounts(this.texts), this.texts));
		names.getOrAddTextProperties().setFontSize(LABEL_POINTS);
		amounts.getOrAddTextProperties().setFontSize(LABEL_POINTS);
		boolean isLine = this.definition.type() == Type.LINE;
		XDDFChartData data = isLine ? lines(names, amounts) : bars(names, amounts);
		this.definition.series().forEach((series) -> add(data, series.column(), series.color()));
		this.chart.plot(data);
	}

	private String header(LocatedText column) {
		return CellText.of(this.texts.header(column.text()), this.texts);
	}

	/** The alternative text, for screen readers. */
	String description() {
		return this.texts.text("chart.description", this.definition.title(this.texts),
				this.definition.amounts(this.texts), this.texts.header(this.definition.categories().text()),
				this.source.place(this.texts));
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
		bars.setGapWidth((this.source.size() < FEW_BARS) ? 250 : 45);
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
		XDDFChartData.Series series = data.addSeries(this.source.categories(this.texts),
				this.source.values(column, this.texts));
		series.setTitle(header(column), null);
		series.setFillProperties(fill(hue.solid()));
		XDDFLineProperties line = line(hue.solid());
		if (series instanceof XDDFLineChartData.Series points) {
			line.setWidth(2.0);
			points.setSmooth(false);
			points.setMarkerStyle((this.source.size() > MANY_POINTS) ? MarkerStyle.NONE : MarkerStyle.CIRCLE);
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

		private final LocatedText categories;

		/** Number of rows above them, and the header. */
		private final int start;

		private final List<List<@Nullable Object>> rows;

		private ChartSource(SheetDefinition table, LocatedText categories, int start,
				List<List<@Nullable Object>> rows) {
			this.table = table;
			this.categories = categories;
			this.start = start;
			this.rows = rows;
		}

		/**
		 * The charts of a definition: one or, where it asks for that, one per currency.
		 */
		static Map<ChartDefinition, ChartSource> of(ChartDefinition chart, SheetDefinition table,
				List<List<@Nullable Object>> rows) {
			Map<ChartDefinition, ChartSource> charts = new LinkedHashMap<>();
			LocatedText each = chart.each();
			if (each == null) {
				charts.put(chart, of(chart, table, 1, rows));
				return charts;
			}
			int currency = table.index(each);
			int amount = table.index(chart.series().get(0).column());
			for (int start = 0, end = 0; start < rows.size(); start = end) {
				int known = start;
				while (end < rows.size()
						&& Objects.equals(rows.get(start).get(currency), rows.get(end).get(currency))) {
					known += (known == end && rows.get(end).get(amount) != null) ? 1 : 0;
					end++;
				}
				if (known > start) {
					charts.put(chart.of(String.valueOf(rows.get(start).get(currency))),
							of(chart, table, 1 + start, rows.subList(start, known)));
				}
			}
			return charts;
		}

		private static ChartSource of(ChartDefinition chart, SheetDefinition table, int start,
				List<List<@Nullable Object>> rows) {
			int known = known(rows, table, table.index(chart.categories()));
			int count = Math.min(chart.most(), known);
			int first = chart.isTrend(table) ? known - count : 0;
			return new ChartSource(table, chart.categories(), start + first, rows.subList(first, first + count));
		}

		/** Leaves out unknown days, which come last and have no place on a time axis. */
		private static int known(List<List<@Nullable Object>> rows, SheetDefinition table, int category) {
			boolean isOfDays = table.columns().get(category).format() == ColumnFormat.DATE;
			int last = rows.size() - 1;
			return (isOfDays && last >= 0 && !(rows.get(last).get(category) instanceof LocalDate)) ? last : rows.size();
		}

		/** Whether an amount is negative, so that the axis must go below zero. */
		boolean hasBelowZero(List<Series> series) {
			return series.stream()
				.anyMatch((one) -> Stream.of(numbers(one.column())).anyMatch(ChartSource::isBelowZero));
		}

		private static boolean isBelowZero(@Nullable Double number) {
			return number != null && number < 0;
		}

		/** Whether no figure is known. */
		boolean isEmpty(List<Series> series) {
			return series.stream().flatMap((one) -> Stream.of(numbers(one.column()))).allMatch(Objects::isNull);
		}

		int size() {
			return this.rows.size();
		}

		boolean isOfDays() {
			return format(this.categories) == ColumnFormat.DATE;
		}

		ColumnFormat format(LocatedText column) {
			return this.table.requireColumn(column).format();
		}

		/** Where it comes from, in words. */
		String place(ReportTexts texts) {
			return texts.text("chart.place", tab(texts), this.start + 1, this.start + this.rows.size());
		}

		private String tab(ReportTexts texts) {
			return texts.tab(this.table.name().text());
		}

		XDDFDataSource<?> categories(ReportTexts texts) {
			if (!isOfDays()) {
				int index = this.table.index(this.categories);
				return XDDFDataSourcesFactory.fromArray(
						this.rows.stream().map((row) -> name(row.get(index), texts)).toArray(String[]::new),
						range(this.categories, texts));
			}
			XDDFNumericalDataSource<Double> days = values(this.categories, texts);
			days.setFormatCode(ColumnFormat.DATE.pattern());
			return days;
		}

		private String name(@Nullable Object value, ReportTexts texts) {
			return (value != null) ? CellText.of(String.valueOf(format(this.categories).said(value, texts)), texts)
					: texts.text("table.none");
		}

		XDDFNumericalDataSource<Double> values(LocatedText column, ReportTexts texts) {
			return XDDFDataSourcesFactory.fromArray(numbers(column), range(column, texts));
		}

		private @Nullable Double[] numbers(LocatedText column) {
			int index = this.table.index(column);
			@Nullable Double[] values = new @Nullable Double[this.rows.size()];
			for (int row = 0; row < values.length; row++) {
				values[row] = ReportCell.number(this.rows.get(row).get(index), format(column));
			}
			return values;
		}

		private String range(LocatedText column, ReportTexts texts) {
			int index = this.table.index(column);
			return new CellRangeAddress(this.start, this.start + this.rows.size() - 1, index, index)
				.formatAsString(tab(texts), true);
		}

	}

}
