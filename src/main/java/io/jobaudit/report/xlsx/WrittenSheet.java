package io.jobaudit.report.xlsx;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import io.jobaudit.report.subject.ReportQuery;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a sheet, to be checked against the database.
 *
 * @param title what its rows are, in words
 * @param rows number of its rows, without header and totals
 * @param figures its figures: the sum of each numeric column by the column's name, or
 * each figure by its label
 */
record WrittenSheet(String name, String title, @Nullable ReportQuery query, long rows,
		Map<String, BigDecimal> figures) {

	/** The name of the number of rows in {@code audit.sql}. */
	static final String ROWS = "Rows";

	static WrittenSheet named(List<WrittenSheet> sheets, String name) {
		return sheets.stream()
			.filter((sheet) -> sheet.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("the workbook has no sheet \"%s\"".formatted(name)));
	}

	/** A figure of the sheet; null when unknown. */
	@Nullable BigDecimal figure(String label) {
		return ROWS.equals(label) ? BigDecimal.valueOf(this.rows) : this.figures.get(label);
	}

}
