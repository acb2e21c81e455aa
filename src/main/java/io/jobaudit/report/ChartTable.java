package io.jobaudit.report;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.jobaudit.report.ChartDefinition.Series;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a chart as a table, for those who do not see it or want to know exactly.
 */
final class ChartTable {

	private final ChartedSheet sheet;

	private final List<Term> columns;

	private final ZoneId zone;

	ChartTable(ChartDefinition chart, ChartedSheet sheet, ZoneId zone) {
		this.sheet = sheet;
		this.columns = Stream
			.of(Stream.of(chart.categories()), chart.series().stream().map(Series::column),
					Stream.ofNullable(chart.cumulative()))
			.flatMap((terms) -> terms)
			.distinct()
			.toList();
		this.zone = zone;
	}

	void write(Html html) {
		html.open("table", "class", "figures");
		html.line("caption", this.sheet.definition().title());
		html.open("thead").open("tr");
		this.columns.forEach((column) -> html.line("th", definition(column).header(this.zone), "scope", "col", "class",
				look(column)));
		html.close().close();
		html.open("tbody");
		this.sheet.first(ChartedSheet.MOST_LISTED).forEach((row) -> writeRow(html, texts(row)));
		html.close();
		writeTotals(html);
		html.close();
	}

	/** How many rows only the workbook has. */
	long more() {
		return this.sheet.count() - this.sheet.first(ChartedSheet.MOST_LISTED).size();
	}

	private void writeTotals(Html html) {
		List<@Nullable Object> totals = new ArrayList<>();
		this.columns.forEach((column) -> totals.add(this.sheet.total(this.sheet.index(column))));
		if (totals.stream().allMatch((total) -> total == null)) {
			return;
		}
		List<String> texts = new ArrayList<>();
		for (int index = 0; index < totals.size(); index++) {
			Object total = totals.get(index);
			Term column = this.columns.get(index);
			texts.add((total != null)
					? currencyOfAll(column, total) + ValueText.of(total, definition(column).format(), this.zone)
					: (index == 0) ? "Total" : "");
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
		for (Term column : this.columns) {
			Object value = row.get(this.sheet.index(column));
			boolean isUnnamed = value == null && texts.isEmpty();
			texts.add(isUnnamed ? "(none)" : currency(column, row)
					+ HtmlText.brief(ValueText.of(value, definition(column).format(), this.zone)));
		}
		return texts;
	}

	/** What an amount of money is counted in. */
	private String currency(Term column, List<@Nullable Object> row) {
		Term currency = definition(column).currency();
		if (currency == null || row.get(this.sheet.index(column)) == null) {
			return "";
		}
		Object name = row.get(this.sheet.index(currency));
		return (name != null) ? name + " " : "";
	}

	/** There is a sum only of amounts that are all in the same currency. */
	private String currencyOfAll(Term column, Object total) {
		return (total instanceof BigDecimal) ? this.sheet.first(ChartedSheet.MOST_LISTED)
			.stream()
			.map((row) -> currency(column, row))
			.filter((currency) -> !currency.isEmpty())
			.findFirst()
			.orElse("") : "";
	}

	private ColumnDefinition definition(Term column) {
		return this.sheet.definition().requireColumn(column);
	}

	private String look(Term column) {
		return definition(column).format().isNumber() ? "number" : "text";
	}

}
