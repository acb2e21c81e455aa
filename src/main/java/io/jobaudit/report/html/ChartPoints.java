package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.definition.ChartDefinition.ChartColor;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.LocatedText;
import io.jobaudit.report.table.ChartedSheet;
import io.jobaudit.report.table.ValueText;
import org.jspecify.annotations.Nullable;

/**
 * The points of a chart on the page: the rows and columns that the workbook's chart
 * shows.
 *
 * @param days the days of the points; empty when the points are not days
 * @param cumulative the line of a Pareto chart
 */
record ChartPoints(ChartDefinition chart, ReportTexts texts, List<LocalDate> days, List<String> names,
		List<Measure> measures, @Nullable Measure cumulative) {

	static ChartPoints of(ChartDefinition chart, ChartedSheet sheet, ReportTexts texts) {
		List<List<@Nullable Object>> rows = sheet.charted();
		int category = sheet.definition().index(chart.categories());
		List<LocalDate> days = rows.stream()
			.map((row) -> row.get(category))
			.filter(LocalDate.class::isInstance)
			.map(LocalDate.class::cast)
			.toList();
		String none = texts.text("table.none");
		ColumnFormat format = sheet.definition().requireColumn(chart.categories()).format();
		List<String> names = rows.stream()
			.map((row) -> (row.get(category) != null) ? String.valueOf(format.said(row.get(category), texts)) : none)
			.toList();
		List<Measure> measures = chart.series()
			.stream()
			.map((series) -> measure(series.column(), series.color(), sheet, texts))
			.toList();
		LocatedText cumulative = chart.cumulative();
		return new ChartPoints(chart, texts, days, names, measures,
				(cumulative != null) ? measure(cumulative, ChartColor.GREY, sheet, texts) : null);
	}

	/** What the points are. */
	String categories() {
		return this.texts.header(this.chart.categories().text());
	}

	boolean isOfDays() {
		return !this.days.isEmpty();
	}

	boolean isEmpty() {
		return values().findAny().isEmpty();
	}

	Stream<BigDecimal> values() {
		return this.measures.stream().flatMap((measure) -> measure.values().stream()).filter(Objects::nonNull);
	}

	private static Measure measure(LocatedText column, ChartColor hue, ChartedSheet sheet, ReportTexts texts) {
		int index = sheet.definition().index(column);
		List<@Nullable BigDecimal> values = new ArrayList<>();
		sheet.charted().forEach((row) -> values.add((BigDecimal) row.get(index)));
		return new Measure(texts.header(column.text()), hue, sheet.definition().requireColumn(column).format(), values);
	}

	/**
	 * The values of a series.
	 *
	 * @param values one per point; null when unknown
	 */
	record Measure(String name, ChartColor hue, ColumnFormat format, List<@Nullable BigDecimal> values) {

		String text(int point) {
			return ValueText.of(this.values.get(point), this.format);
		}

	}

}
