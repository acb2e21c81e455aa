package io.jobaudit.report.xlsx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.table.ColumnSums.SumRow;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;

/** Totals that follow the filter of a table: they add up the rows that it shows. */
final class TotalFormulas {

	/** A spreadsheet reads each row once for each currency. */
	private static final int MOST_ROWS_OF_CURRENCIES = 5000;

	private final SheetDefinition definition;

	private final boolean[] hasText;

	private final List<Rows> parts = new ArrayList<>();

	TotalFormulas(SheetDefinition definition) {
		this.definition = definition;
		this.hasText = new boolean[definition.columns().size()];
	}

	/** A cell of the column has a text, which spreadsheets leave out. */
	void cannotAdd(int column) {
		this.hasText[column] = true;
	}

	/** The rows below the header of a sheet are to be added up. */
	void covers(String sheet, int rows) {
		this.parts.add(new Rows(sheet, rows));
	}

	/**
	 * The formula below a column.
	 * @param money the row of its amounts; null for a column without currencies
	 * @param currencies how many there are in the table
	 * @return null when no formula gives the same result as the total
	 */
	@Nullable String of(int column, @Nullable SumRow money, int currencies) {
		if (this.hasText[column]) {
			return null;
		}
		ColumnDefinition definition = this.definition.columns().get(column);
		if (money == null || money.currency() == null || currencies == 1 || definition.currency() == null) {
			return this.parts.stream()
				.map((rows) -> rows.of(column))
				.collect(Collectors.joining(",", "SUBTOTAL(109,", ")"));
		}
		Rows rows = this.parts.get(0);
		if (this.parts.size() > 1 || rows.count() > MOST_ROWS_OF_CURRENCIES) {
			return null;
		}
		String first = new CellReference(1, column, true, true).formatAsString();
		String all = rows.of(column);
		return "SUMPRODUCT(SUBTOTAL(109,OFFSET(%s,ROW(%s)-ROW(%s),0))*(%s=%s))".formatted(first, all, first,
				rows.of(this.definition.index(definition.currency())), Links.quoted(money.currency()));
	}

	/**
	 * The rows of a sheet.
	 *
	 * @param count with the header
	 */
	private record Rows(String sheet, int count) {

		private String of(int column) {
			return new AreaReference(new CellReference(this.sheet, 1, column, true, true),
					new CellReference(this.sheet, this.count - 1, column, true, true), null)
				.formatAsString();
		}

	}

}
