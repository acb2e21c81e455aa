package io.jobaudit.report.table;

import java.util.List;

import io.jobaudit.report.definition.SheetDefinition;
import org.jspecify.annotations.Nullable;

/** The currency of each amount in a sheet's rows. */
public final class Currencies {

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
