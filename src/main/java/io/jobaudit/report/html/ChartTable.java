package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import io.jobaudit.HtmlText;
import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.definition.ChartDefinition.Series;
import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.table.ChartedSheet;
import io.jobaudit.report.table.ColumnSums;
import io.jobaudit.report.table.ColumnSums.Currencies;
import io.jobaudit.report.table.ValueText;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a chart as a table, for screen readers and for exact values: the rows
 * that matter most, one for the others, and the total.
 *
 * @param head the names of the columns
 * @param more the sums of the other rows; empty for none
 * @param total the sums of all rows; empty for none
 */
record ChartTable(String title, List<Cell> head, List<FigureRow> rows, List<Cell> more, List<Cell> total) {

	static ChartTable of(ChartDefinition chart, ChartedSheet sheet, ReportSubject subject) {
		ReportTexts texts = subject.texts();
		Columns columns = Columns.of(chart, sheet, subject);
		long others = sheet.count() - sheet.listed().size();
		return new ChartTable(texts.resolve(sheet.definition().title()),
				columns.shown().stream().map((column) -> columns.cell(column, columns.header(column))).toList(),
				sheet.listed().stream().map((row) -> FigureRow.of(columns.texts(row))).toList(),
				(others > 0) ? columns.sums(sheet.rest(),
						texts.text("page.more-rows", ValueText.of(BigDecimal.valueOf(others), ColumnFormat.COUNT)))
						: List.of(),
				columns.hasTotals(sheet.sums()) ? columns.sums(sheet.sums(), texts.text("table.total")) : List.of());
	}

	/**
	 * A cell of the table.
	 *
	 * @param look the class of its style
	 */
	record Cell(String text, String look) {
	}

	/** A row with its name. */
	record FigureRow(Cell name, List<Cell> cells) {

		static FigureRow of(List<Cell> cells) {
			return new FigureRow(cells.get(0), cells.subList(1, cells.size()));
		}

	}

	/** The name of the row with the other rows. */
	@Nullable FigureRow others() {
		return this.more.isEmpty() ? null : FigureRow.of(this.more);
	}

	/** The row with the total. */
	@Nullable FigureRow totals() {
		return this.total.isEmpty() ? null : FigureRow.of(this.total);
	}

	/** The columns of a sheet that its chart shows. */
	private record Columns(ChartedSheet sheet, List<Integer> shown, Currencies currencies, ReportSubject subject) {

		static Columns of(ChartDefinition chart, ChartedSheet sheet, ReportSubject subject) {
			return new Columns(sheet,
					Stream
						.of(Stream.of(chart.categories()), chart.series().stream().map(Series::column),
								Stream.ofNullable(chart.cumulative()))
						.flatMap((terms) -> terms)
						.map(sheet.definition()::index)
						.toList(),
					new Currencies(sheet.definition()), subject);
		}

		boolean hasTotals(ColumnSums sums) {
			return this.shown.stream().anyMatch((column) -> !sums.shown(column).isEmpty());
		}

		List<Cell> sums(ColumnSums sums, String name) {
			List<Cell> cells = new ArrayList<>();
			for (int column : this.shown) {
				cells.add(cell(column, cells.isEmpty() ? name : sum(sums, column)));
			}
			return cells;
		}

		private String sum(ColumnSums sums, int column) {
			Collection<BigDecimal> shown = sums.shown(column);
			if (shown.size() > 1) {
				return this.subject.texts().text("table.several-currencies");
			}
			return shown.isEmpty() ? "" : text(shown.iterator().next(), column, sums.currency(column));
		}

		List<Cell> texts(List<@Nullable Object> row) {
			List<Cell> cells = new ArrayList<>();
			for (int column : this.shown) {
				Object value = row.get(column);
				cells.add(cell(column, (value == null && cells.isEmpty()) ? this.subject.texts().text("table.none")
						: text(value, column, this.currencies.of(row, column))));
			}
			return cells;
		}

		Cell cell(int column, String text) {
			return new Cell(text, definition(column).format().isNumber() ? "number" : "text");
		}

		String header(int column) {
			return definition(column).header(zone(), this.subject.texts());
		}

		private String text(@Nullable Object value, int column, @Nullable String currency) {
			ColumnFormat format = definition(column).format();
			return (value instanceof BigDecimal number) ? ValueText.of(number, format, currency)
					: HtmlText.brief(ValueText.of(format.said(value, this.subject.texts()), format, zone()));
		}

		private ZoneId zone() {
			return this.subject.scope().zone();
		}

		private ColumnDefinition definition(int column) {
			return this.sheet.definition().columns().get(column);
		}

	}

}
