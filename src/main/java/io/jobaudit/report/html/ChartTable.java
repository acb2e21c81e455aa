package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.definition.ChartDefinition.Series;
import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.html.Html.HtmlText;
import io.jobaudit.report.table.ChartedSheet;
import io.jobaudit.report.table.ColumnSums.Currencies;
import io.jobaudit.report.table.ValueText;
import org.jspecify.annotations.Nullable;

/** The figures of a chart as a table, for who cannot see it or needs exact values. */
final class ChartTable {

	/** More rows than this fill half a screen. */
	private static final int MANY_ROWS = 12;

	private final ChartedSheet sheet;

	private final List<Integer> columns;

	private final Currencies currencies;

	private final ZoneId zone;

	ChartTable(ChartDefinition chart, ChartedSheet sheet, ZoneId zone) {
		this.sheet = sheet;
		this.columns = Stream
			.of(Stream.of(chart.categories()), chart.series().stream().map(Series::column),
					Stream.ofNullable(chart.cumulative()))
			.flatMap((terms) -> terms)
			.map(sheet.definition()::index)
			.toList();
		this.currencies = new Currencies(sheet.definition());
		this.zone = zone;
	}

	/** Writes the rows; many of them in two tables side by side. */
	void write(Html html) {
		List<List<@Nullable Object>> rows = this.sheet.first(ChartedSheet.MOST_LISTED);
		int half = (rows.size() > MANY_ROWS) ? (rows.size() + 1) / 2 : rows.size();
		writeTable(html, rows.subList(0, half), false, half == rows.size());
		if (half < rows.size()) {
			writeTable(html, rows.subList(half, rows.size()), true, true);
		}
	}

	private void writeTable(Html html, List<List<@Nullable Object>> rows, boolean isContinued, boolean isLast) {
		html.open("div", "class", isContinued ? "half rest" : "half").open("table");
		String title = this.sheet.definition().title();
		html.line("caption", isContinued ? ReportTexts.text("page.continued", title) : title);
		html.open("thead").open("tr");
		this.columns.forEach((column) -> html.line("th", definition(column).header(this.zone), "scope", "col", "class",
				look(column)));
		html.close().close().open("tbody");
		for (List<@Nullable Object> row : rows) {
			writeRow(html, texts(row));
		}
		html.close();
		if (isLast) {
			writeTotals(html);
		}
		html.close().close();
	}

	long more() {
		return this.sheet.count() - this.sheet.first(ChartedSheet.MOST_LISTED).size();
	}

	private void writeTotals(Html html) {
		if (this.columns.stream().allMatch((column) -> this.sheet.sums().shown(column) == null)) {
			return;
		}
		List<String> texts = new ArrayList<>();
		for (int column : this.columns) {
			Object total = this.sheet.sums().shown(column);
			texts.add((total != null) ? text(total, column, this.sheet.sums().currency(column))
					: texts.isEmpty() ? ReportTexts.text("table.total") : "");
		}
		html.open("tfoot");
		writeRow(html, texts);
		html.close();
	}

	private void writeRow(Html html, List<String> texts) {
		html.open("tr").line("th", texts.get(0), "scope", "row", "class", look(this.columns.get(0)));
		for (int index = 1; index < texts.size(); index++) {
			html.line("td", texts.get(index), "class", look(this.columns.get(index)));
		}
		html.close();
	}

	private List<String> texts(List<@Nullable Object> row) {
		List<String> texts = new ArrayList<>();
		for (int column : this.columns) {
			Object value = row.get(column);
			texts.add((value == null && texts.isEmpty()) ? ReportTexts.text("table.none")
					: text(value, column, this.currencies.of(row, column)));
		}
		return texts;
	}

	private String text(@Nullable Object value, int column, @Nullable String currency) {
		ColumnFormat format = definition(column).format();
		return (value instanceof BigDecimal number) ? ValueText.of(number, format, currency)
				: HtmlText.brief(ValueText.of(value, format, this.zone));
	}

	private ColumnDefinition definition(int column) {
		return this.sheet.definition().columns().get(column);
	}

	private String look(int column) {
		return definition(column).format().isNumber() ? "number" : "text";
	}

}
