package io.jobaudit.report.table;

import java.util.List;

import io.jobaudit.report.definition.SheetDefinition;
import org.jspecify.annotations.Nullable;

/** Which currency each amount of a sheet's rows is in. */
public final class Currencies {

	/** Of each column the one that holds its currency, or -1. */
	private final int[] columns;

	public Currencies(SheetDefinition sheet) {
		this.columns = sheet.columns()
			.stream()
			.mapToInt((column) -> (column.currency() != null)
					? sheet.columns().indexOf(sheet.requireColumn(column.currency())) : -1)
			.toArray();
	}

	/** Currency of a value in a row; null when the row does not say. */
	@Nullable public String of(List<@Nullable Object> values, int index) {
		Object currency = (this.columns[index] >= 0) ? values.get(this.columns[index]) : null;
		return (currency != null) ? currency.toString() : null;
	}

}
