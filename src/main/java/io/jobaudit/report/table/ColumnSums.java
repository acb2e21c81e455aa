package io.jobaudit.report.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.SheetDefinition;
import org.jspecify.annotations.Nullable;

/** Sums of a table's numbers; amounts in different currencies are not added up. */
public final class ColumnSums {

	private static final String NO_CURRENCY = "";

	private final List<ColumnDefinition> columns;

	private final Currencies currencies;

	private final List<Map<String, BigDecimal>> sums = new ArrayList<>();

	public ColumnSums(SheetDefinition sheet) {
		this.columns = sheet.columns();
		this.currencies = new Currencies(sheet);
		this.columns.forEach((column) -> this.sums.add(new TreeMap<>()));
	}

	public void add(List<@Nullable Object> values) {
		for (int index = 0; index < this.columns.size(); index++) {
			if (values.get(index) instanceof BigDecimal number) {
				String currency = Objects.requireNonNullElse(this.currencies.of(values, index), NO_CURRENCY);
				this.sums.get(index).merge(currency, number, BigDecimal::add);
			}
		}
	}

	public boolean areShown() {
		return this.columns.stream().anyMatch((column) -> column.total() != null);
	}

	/** The value below a column: its sum, the reason for having none, or null. */
	@Nullable public Object shown(int index) {
		Map<String, BigDecimal> sum = this.sums.get(index);
		if (this.columns.get(index).total() == null || sum.isEmpty()) {
			return null;
		}
		return (sum.size() == 1) ? sum.values().iterator().next() : ReportTexts.text("table.several-currencies");
	}

	/** The currency of a column's sum; null for none. */
	public @Nullable String currency(int index) {
		Set<String> all = this.sums.get(index).keySet();
		return (all.size() == 1 && !all.contains(NO_CURRENCY)) ? all.iterator().next() : null;
	}

	/** All sums by column name, followed by the currency where there is one. */
	public Map<String, BigDecimal> figures() {
		Map<String, BigDecimal> figures = new HashMap<>();
		for (int index = 0; index < this.columns.size(); index++) {
			String name = this.columns.get(index).name().text();
			this.sums.get(index).forEach((currency, sum) -> figures.put((name + " " + currency).strip(), sum));
		}
		return figures;
	}

	/** The currency of each amount in a sheet's rows. */
	public static final class Currencies {

		/** For each column the index of its currency's column, or -1. */
		private final int[] columns;

		public Currencies(SheetDefinition sheet) {
			this.columns = sheet.columns()
				.stream()
				.mapToInt((column) -> (column.currency() != null) ? sheet.index(column.currency()) : -1)
				.toArray();
		}

		/** The currency of a value in a row; null when unknown. */
		@Nullable public String of(List<@Nullable Object> values, int index) {
			Object currency = (this.columns[index] >= 0) ? values.get(this.columns[index]) : null;
			return (currency != null) ? currency.toString() : null;
		}

	}

}
