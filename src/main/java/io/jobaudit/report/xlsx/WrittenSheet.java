package io.jobaudit.report.xlsx;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import io.jobaudit.report.subject.ReportQuery;
import org.jspecify.annotations.Nullable;

/**
 * What stands on a sheet, to be checked against the database.
 *
 * @param name name of the sheet
 * @param title which rows it holds, in words
 * @param query its query; null when it shows none
 * @param rows rows it holds, without header and totals
 * @param figures its figures: the sum of each numeric column by the column's name, or
 * each figure by its label
 */
record WrittenSheet(String name, String title, @Nullable ReportQuery query, long rows,
		Map<String, BigDecimal> figures) {

	/** How {@code audit.sql} names the number of rows. */
	static final String ROWS = "Rows";

	WrittenSheet {
		figures = Map.copyOf(figures);
	}

	/** The sheet of a name. */
	static WrittenSheet named(List<WrittenSheet> sheets, String name) {
		return sheets.stream()
			.filter((sheet) -> sheet.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("the workbook has no sheet \"%s\"".formatted(name)));
	}

	/** A figure of the sheet; null when it says nothing. */
	@Nullable BigDecimal figure(String label) {
		return ROWS.equals(label) ? BigDecimal.valueOf(this.rows) : this.figures.get(label);
	}

}
