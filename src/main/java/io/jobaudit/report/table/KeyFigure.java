package io.jobaudit.report.table;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import org.jspecify.annotations.Nullable;

/**
 * A line of a summary. Section, label and note may be references to texts.
 *
 * @param share of something, as a fraction of 1
 * @param isCheck whether the amount must be 0
 * @param currency currency of an amount of money; null for none
 * @param link name of the sheet with the details
 * @param terms what a check adds up; empty when the workbook does not have it
 */
public record KeyFigure(String section, String label, @Nullable BigDecimal amount, @Nullable BigDecimal share,
		@Nullable String note, boolean isCheck, ColumnFormat format, @Nullable String currency, @Nullable String link,
		List<Summand> terms) {

	public KeyFigure {
		terms = List.copyOf(terms);
	}

	public static List<KeyFigure> read(ReportQueries queries, WorkbookDefinition workbook) {
		ReportQuery query = workbook.summary();
		List<KeyFigure> figures = new ArrayList<>();
		if (query != null) {
			queries.forEach(query, (columns) -> (row, number) -> of(row, columns), figures::add);
		}
		return figures;
	}

	/**
	 * Number of headline figures at the beginning: one or, if they are money, one for
	 * each currency.
	 */
	public static int headlines(List<KeyFigure> figures) {
		Set<String> currencies = new HashSet<>();
		int count = 0;
		while (count < figures.size() && figures.get(count).format() == ColumnFormat.MONEY
				&& currencies.add(String.valueOf(figures.get(count).currency()))) {
			count++;
		}
		return Math.max(count, Math.min(1, figures.size()));
	}

	public CellLook look() {
		if (!this.isCheck) {
			return CellLook.VALUE;
		}
		return (this.amount != null && this.amount.signum() == 0) ? CellLook.CHECK_PASSED : CellLook.CHECK_FAILED;
	}

	private static KeyFigure of(ResultSet row, List<String> columns) throws SQLException {
		BigDecimal amount = row.getBigDecimal("amount");
		String format = optional(row, columns, "format");
		return new KeyFigure(row.getString("section"), row.getString("label"), amount, row.getBigDecimal("share"),
				row.getString("note"), row.getBoolean("is_check"),
				(format != null) ? ColumnFormat.of(format) : ofNumber(amount), optional(row, columns, "currency"),
				optional(row, columns, "link"), Summand.all(optional(row, columns, "formula")));
	}

	private static @Nullable String optional(ResultSet row, List<String> columns, String name) throws SQLException {
		return columns.contains(name) ? row.getString(name) : null;
	}

	private static ColumnFormat ofNumber(@Nullable BigDecimal amount) {
		return (amount != null && amount.scale() > 0) ? ColumnFormat.DECIMAL : ColumnFormat.COUNT;
	}

	/**
	 * What is added or subtracted.
	 *
	 * @param name label of a figure, or sheet and column of a table such as
	 * {@code By job type!Total tokens}
	 */
	public record Summand(boolean isMinus, String name) {

		/** The summands of a formula such as {@code Lines read - Duplicate lines}. */
		static List<Summand> all(@Nullable String formula) {
			return (formula == null) ? List.of() : Arrays.stream(formula.split(" (?=[+-] )")).map(Summand::of).toList();
		}

		private static Summand of(String text) {
			return new Summand(text.startsWith("- "), ReportTexts.EN.resolve(text.replaceFirst("^[+-] ", "")));
		}

	}

}
