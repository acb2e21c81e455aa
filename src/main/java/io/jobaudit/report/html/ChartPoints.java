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
record ChartPoints(ChartDefinition chart, List<LocalDate> days, List<String> names, List<Measure> measures,
		@Nullable Measure cumulative) {

	static ChartPoints of(ChartDefinition chart, ChartedSheet sheet) {
		List<List<@Nullable Object>> rows = sheet.charted();
		int category = sheet.definition().index(chart.categories());
		List<LocalDate> days = rows.stream()
			.map((row) -> row.get(category))
			.filter(LocalDate.class::isInstance)
			.map(LocalDate.class::cast)
			.toList();
		String none = ReportTexts.text("table.none");
		List<String> names = rows.stream()
			.map((row) -> (row.get(category) != null) ? String.valueOf(row.get(category)) : none)
			.toList();
		List<Measure> measures = chart.series()
			.stream()
			.map((series) -> measure(series.column(), series.color(), sheet, rows))
			.toList();
		LocatedText cumulative = chart.cumulative();
		return new ChartPoints(chart, days, names, measures,
				(cumulative != null) ? measure(cumulative, ChartColor.GREY, sheet, rows) : null);
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

	private static Measure measure(LocatedText column, ChartColor hue, ChartedSheet sheet,
			List<List<@Nullable Object>> rows) {
		int index = sheet.definition().index(column);
		List<@Nullable BigDecimal> values = new ArrayList<>();
		rows.forEach((row) -> values.add((BigDecimal) row.get(index)));
		return new Measure(column.text(), hue, sheet.definition().requireColumn(column).format(), values);
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
