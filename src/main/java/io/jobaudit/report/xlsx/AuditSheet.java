package io.jobaudit.report.xlsx;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.table.CellLook;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.jspecify.annotations.Nullable;

/** The last sheet: where the figures come from, and whether they match the database. */
final class AuditSheet {

	static final String NAME = "Audit";

	private static final int[] WIDTHS = { 28, 28, 20, 17, 17, 13 };

	private final OpenWorkbook workbook;

	private final XSSFSheet sheet;

	private final ZoneId zone;

	private int nextRow;

	AuditSheet(OpenWorkbook workbook) {
		this.workbook = workbook;
		this.sheet = workbook.createPage(NAME);
		this.zone = workbook.zone();
		for (int column = 0; column < WIDTHS.length; column++) {
			this.sheet.setColumnWidth(column, WIDTHS[column] * 256);
		}
	}

	void write(List<ReportSubject.Fact> facts, List<WrittenSheet> written, ReportQueries queries,
			@Nullable ReportQuery query) {
		writeFacts(facts);
		writeSheets(written);
		if (query != null) {
			writeControlTotals(written, queries, query);
		}
		written.forEach((sheet) -> writeSql(ReportTexts.text("audit-sheet.sql-of-sheet", sheet.name()), sheet.query()));
		writeSql(ReportTexts.text("audit-sheet.sql-of-control-totals"), query);
	}

	private void writeFacts(List<ReportSubject.Fact> facts) {
		section(ReportTexts.text("audit-sheet.origin", this.zone.getId()));
		facts.forEach((fact) -> line(fact.label(), fact.value()));
	}

	private void writeSheets(List<WrittenSheet> written) {
		section(ReportTexts.text("audit-sheet.sheets"));
		header(List.of(ReportTexts.text("audit-sheet.sheet"), ReportTexts.text("audit-sheet.filter"), "",
				ReportTexts.text("audit-sheet.rows")), 3);
		for (WrittenSheet sheet : written) {
			Row row = row();
			text(row, 0, sheet.name());
			text(row, 1, sheet.title());
			number(row, 3, BigDecimal.valueOf(sheet.rows()), CellLook.VALUE);
		}
	}

	private void writeControlTotals(List<WrittenSheet> written, ReportQueries queries, ReportQuery query) {
		section(ReportTexts.text("audit-sheet.control-totals"));
		header(List.of(ReportTexts.text("audit-sheet.sheet"), ReportTexts.text("audit-sheet.figure"),
				ReportTexts.text("audit-sheet.basis"), ReportTexts.text("audit-sheet.written"),
				ReportTexts.text("audit-sheet.recomputed"), ReportTexts.text("audit-sheet.difference")), 3);
		String rows = ReportTexts.text("audit-sheet.rows");
		for (ControlTotal total : ControlTotal.read(queries, query, written)) {
			Row row = row();
			text(row, 0, total.sheet());
			text(row, 1, WrittenSheet.ROWS.equals(total.figure()) ? rows : total.figure());
			text(row, 2, total.basis());
			number(row, 3, total.written(), CellLook.VALUE);
			number(row, 4, total.recomputed(), CellLook.VALUE);
			number(row, 5, total.difference(),
					(total.difference().signum() == 0) ? CellLook.CHECK_PASSED : CellLook.CHECK_FAILED);
		}
	}

	private void writeSql(String title, @Nullable ReportQuery query) {
		if (query == null) {
			return;
		}
		section(title);
		query.sql().lines().forEach((line) -> cell(row(), 0, line, CellLook.CODE, ColumnFormat.TEXT));
	}

	private void section(String name) {
		this.nextRow += (this.nextRow > 0) ? 1 : 0;
		this.workbook.writeBand(row(), WIDTHS.length, name, CellLook.SECTION);
	}

	private void header(List<String> names, int firstNumber) {
		Row row = row();
		for (int column = 0; column < WIDTHS.length; column++) {
			ColumnFormat format = (column < firstNumber) ? ColumnFormat.TEXT : ColumnFormat.COUNT;
			String name = (column < names.size()) ? names.get(column) : "";
			cell(row, column, name, CellLook.HEADER, format);
		}
	}

	private void line(String label, @Nullable Object value) {
		Row row = row();
		text(row, 0, label);
		boolean isInstant = value instanceof OffsetDateTime;
		cell(row, 1, value, CellLook.VALUE, isInstant ? ColumnFormat.INSTANT : ColumnFormat.TEXT);
	}

	private void text(Row row, int column, @Nullable Object value) {
		cell(row, column, value, CellLook.VALUE, ColumnFormat.TEXT);
	}

	private void number(Row row, int column, @Nullable BigDecimal value, CellLook look) {
		boolean isWhole = value == null || value.stripTrailingZeros().scale() <= 0;
		cell(row, column, value, look, isWhole ? ColumnFormat.COUNT : ColumnFormat.PRICE);
	}

	private void cell(Row row, int column, @Nullable Object value, CellLook look, ColumnFormat format) {
		this.workbook.write(row.createCell(column), value, look, format);
	}

	private Row row() {
		return this.sheet.createRow(this.nextRow++);
	}

	/**
	 * A figure of a workbook, compared with the same figure recomputed from the tables.
	 *
	 * @param basis what it was recomputed from
	 * @param written the figure on the sheet; null when unknown
	 * @param recomputed the figure from the tables; null when unknown
	 */
	private record ControlTotal(String sheet, String figure, String basis, @Nullable BigDecimal written,
			@Nullable BigDecimal recomputed) {

		private static List<ControlTotal> read(ReportQueries queries, ReportQuery query, List<WrittenSheet> written) {
			return queries.list(query, (row, number) -> {
				String sheet = row.getString("sheet");
				String figure = ReportTexts.resolve(row.getString("figure"));
				return new ControlTotal(sheet, figure, ReportTexts.resolve(row.getString("basis")),
						WrittenSheet.named(written, sheet).figure(figure), row.getBigDecimal("recomputed"));
			});
		}

		/** Must be 0. */
		private BigDecimal difference() {
			return orZero(this.written).subtract(orZero(this.recomputed));
		}

		private static BigDecimal orZero(@Nullable BigDecimal value) {
			return (value != null) ? value : BigDecimal.ZERO;
		}

	}

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

}
