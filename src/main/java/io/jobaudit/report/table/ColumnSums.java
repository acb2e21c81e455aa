package io.jobaudit.report.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.jobaudit.Money;
import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.ColumnDefinition.Term;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.SheetDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Sums of a table's numbers: exact ones, and those of its amounts as they are shown.
 * Amounts in different currencies are not added up.
 */
public final class ColumnSums {

	/** The key of sums that have no currency. */
	private static final String NO_CURRENCY = "";

	private final SheetDefinition sheet;

	private final List<ColumnDefinition> columns;

	private final Currencies currencies;

	private final List<Map<String, BigDecimal>> exact = new ArrayList<>();

	private final List<Map<String, BigDecimal>> shown = new ArrayList<>();

	public ColumnSums(SheetDefinition sheet) {
		this.sheet = sheet;
		this.columns = sheet.columns();
		this.currencies = new Currencies(sheet);
		this.columns.forEach((column) -> {
			this.exact.add(new TreeMap<>());
			this.shown.add(new TreeMap<>());
		});
	}

	/** Adds a row, and returns it as it is shown: with its amounts rounded. */
	public List<@Nullable Object> add(List<@Nullable Object> values) {
		List<@Nullable Object> row = rounded(values);
		for (int index = 0; index < this.columns.size(); index++) {
			String currency = Objects.requireNonNullElse(this.currencies.of(values, index), NO_CURRENCY);
			add(this.exact.get(index), currency, values.get(index));
			add(this.shown.get(index), currency, row.get(index));
		}
		return row;
	}

	private static void add(Map<String, BigDecimal> sums, String currency, @Nullable Object value) {
		if (value instanceof BigDecimal number) {
			sums.merge(currency, number, BigDecimal::add);
		}
	}

	/** A row with its amounts as they are shown. */
	public List<@Nullable Object> rounded(List<@Nullable Object> values) {
		List<@Nullable Object> row = new ArrayList<>(values);
		for (int index = 0; index < row.size(); index++) {
			if (row.get(index) instanceof BigDecimal amount && this.columns.get(index).format() == ColumnFormat.MONEY) {
				row.set(index, Money.rounded(amount, this.currencies.of(values, index)));
			}
		}
		for (int index = 0; index < row.size(); index++) {
			if (!this.columns.get(index).shows().isEmpty()) {
				row.set(index, ofTerms(this.columns.get(index), row));
			}
		}
		return row;
	}

	/** Null when none of the amounts is known. */
	private @Nullable BigDecimal ofTerms(ColumnDefinition column, List<@Nullable Object> row) {
		BigDecimal sum = null;
		for (Term term : column.shows()) {
			if (row.get(this.sheet.index(term.column())) instanceof BigDecimal amount) {
				BigDecimal signed = term.isMinus() ? amount.negate() : amount;
				sum = (sum != null) ? sum.add(signed) : signed;
			}
		}
		return sum;
	}

	public boolean areShown() {
		return this.columns.stream().anyMatch((column) -> column.total() != null);
	}

	/** The currencies of the amounts that are added up, in order. */
	public List<String> currencies() {
		Set<String> all = new TreeSet<>();
		for (int index = 0; index < this.columns.size(); index++) {
			if (this.columns.get(index).total() != null) {
				all.addAll(this.exact.get(index).keySet());
			}
		}
		all.remove(NO_CURRENCY);
		return List.copyOf(all);
	}

	/**
	 * The rows of totals: one where there is at most one currency, else one with all that
	 * has no currency and one for each currency.
	 */
	public List<SumRow> totals() {
		List<String> all = currencies();
		List<SumRow> rows = new ArrayList<>();
		if (all.size() <= 1) {
			rows.add(total(all.isEmpty() ? null : all.get(0), true));
			return rows;
		}
		SumRow rest = total(null, true);
		if (rest.values().stream().anyMatch(Objects::nonNull)) {
			rows.add(rest);
		}
		all.forEach((currency) -> rows.add(total(currency, false)));
		return rows;
	}

	private SumRow total(@Nullable String currency, boolean withRest) {
		List<@Nullable Object> values = new ArrayList<>();
		for (int index = 0; index < this.columns.size(); index++) {
			boolean isShown = this.columns.get(index).total() != null;
			Map<String, BigDecimal> sums = this.exact.get(index);
			BigDecimal sum = (isShown && currency != null) ? sums.get(currency) : null;
			BigDecimal exact = (sum == null && isShown && withRest) ? sums.get(NO_CURRENCY) : sum;
			boolean isMoney = this.columns.get(index).format().isMoney();
			values.add((exact != null && isMoney) ? Money.rounded(exact, currency) : exact);
		}
		return named(currency, rounded(named(currency, values).values()));
	}

	/**
	 * The difference between the totals of a currency and the sum of its rounded amounts;
	 * null when they add up.
	 */
	public @Nullable SumRow rounding(String currency) {
		List<@Nullable Object> total = total(currency, false).values();
		List<@Nullable Object> lacking = new ArrayList<@Nullable Object>(Collections.nCopies(total.size(), null));
		boolean isLacking = false;
		for (int index = 0; index < total.size(); index++) {
			if (total.get(index) instanceof BigDecimal sum && this.columns.get(index).format().isMoney()) {
				BigDecimal difference = sum.subtract(this.shown.get(index).getOrDefault(currency, BigDecimal.ZERO));
				lacking.set(index, difference);
				isLacking |= difference.signum() != 0;
			}
		}
		return isLacking ? named(currency, lacking) : null;
	}

	/** Writes a currency where the rows have theirs. */
	private SumRow named(@Nullable String currency, List<@Nullable Object> values) {
		List<@Nullable Object> row = new ArrayList<>(values);
		if (currency != null) {
			for (ColumnDefinition column : this.columns) {
				if (column.currency() != null && column.total() != null) {
					row.set(this.sheet.index(column.currency()), currency);
				}
			}
		}
		return new SumRow(currency, row);
	}

	/** The sums below a column: one for each currency; empty when it shows none. */
	public Collection<BigDecimal> shown(int index) {
		return (this.columns.get(index).total() != null) ? this.exact.get(index).values() : List.of();
	}

	/** The currency of a column's sum; null for none. */
	public @Nullable String currency(int index) {
		Set<String> all = this.exact.get(index).keySet();
		return (all.size() == 1 && !all.contains(NO_CURRENCY)) ? all.iterator().next() : null;
	}

	/** All exact sums by column name, followed by the currency where there is one. */
	public Map<String, BigDecimal> figures() {
		Map<String, BigDecimal> figures = new HashMap<>();
		for (int index = 0; index < this.columns.size(); index++) {
			String name = this.columns.get(index).name().text();
			this.exact.get(index).forEach((currency, sum) -> figures.put((name + " " + currency).strip(), sum));
		}
		return figures;
	}

	/**
	 * A row below the rows of a table.
	 *
	 * @param currency the currency of its amounts; null for none
	 * @param values one for each column; null for none
	 */
	public record SumRow(@Nullable String currency, List<@Nullable Object> values) {
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
