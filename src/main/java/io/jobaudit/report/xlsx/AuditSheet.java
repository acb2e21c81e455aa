package io.jobaudit.report.xlsx;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.table.CellLook;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.jspecify.annotations.Nullable;

/** The last sheet: where the figures come from, and whether they match the database. */
final class AuditSheet {

	static final String NAME = "Audit";

	private static final Pattern MONEY = Pattern.compile("([^$]+) ([A-Z]{3})");

	private static final int[] WIDTHS = { 24, 38, 26, 15, 15, 11 };

	private final OpenWorkbook workbook;

	private final ReportTexts texts;

	private final XSSFSheet sheet;

	private final ZoneId zone;

	private int nextRow;

	AuditSheet(OpenWorkbook workbook) {
		this.workbook = workbook;
		this.texts = workbook.texts();
		this.sheet = workbook.createPage(NAME);
		this.sheet.getPrintSetup().setLandscape(false);
		this.zone = workbook.zone();
		for (int column = 0; column < WIDTHS.length; column++) {
			this.sheet.setColumnWidth(column, WIDTHS[column] * 256);
		}
	}

	void write(List<ReportSubject.Fact> facts, List<WrittenSheet> written, ControlTotals totals,
			@Nullable ReportQuery query) {
		List<WrittenSheet> inFile = written.stream().filter(WrittenSheet::isInFile).toList();
		writeFacts(facts);
		writeSheets(inFile);
		if (query != null) {
			writeControlTotals(written, totals);
		}
		this.workbook.file()
			.setPrintArea(this.workbook.file().getSheetIndex(this.sheet.getSheetName()), 0, WIDTHS.length - 1, 0,
					this.nextRow - 1);
		inFile.forEach((sheet) -> writeSql(this.texts.text("audit-sheet.sql-of-sheet", this.texts.tab(sheet.name())),
				sheet.query()));
		writeSql(this.texts.text("audit-sheet.sql-of-control-totals"), query);
	}

	private void writeFacts(List<ReportSubject.Fact> facts) {
		section(this.texts.text("audit-sheet.origin", this.zone.getId()));
		facts.forEach((fact) -> line(fact.label(), fact.value()));
	}

	private void writeSheets(List<WrittenSheet> written) {
		section(this.texts.text("audit-sheet.sheets"));
		header(List.of(this.texts.text("audit-sheet.sheet"), this.texts.text("audit-sheet.contents"), "",
				this.texts.text("audit-sheet.rows")), 3);
		for (WrittenSheet sheet : written) {
			Row row = row();
			text(row, 0, this.texts.tab(sheet.name()));
			text(row, 1, this.texts.resolve(sheet.title()));
			number(row, 3, BigDecimal.valueOf(sheet.rows()), CellLook.VALUE);
		}
	}

	private void writeControlTotals(List<WrittenSheet> written, ControlTotals totals) {
		section(this.texts.text("audit-sheet.control-totals"));
		header(List.of(this.texts.text("audit-sheet.sheet"), this.texts.text("audit-sheet.figure"),
				this.texts.text("audit-sheet.basis"), this.texts.text("audit-sheet.written"),
				this.texts.text("audit-sheet.recomputed"), this.texts.text("audit-sheet.difference")), 3);
		for (ControlTotals.Recomputed total : totals.all()) {
			Row row = row();
			text(row, 0, this.texts.tab(total.sheet()));
			text(row, 1, name(total.figure()));
			text(row, 2, this.texts.resolve(total.basis()));
			number(row, 3, total.written(written), CellLook.VALUE);
			number(row, 4, total.recomputed(), CellLook.VALUE);
			writeDifference(row, total.difference(written));
		}
	}

	/** A figure of the summary, the rows of a sheet, or a column, with its currency. */
	private String name(String figure) {
		if (WrittenSheet.ROWS.equals(figure)) {
			return this.texts.text("audit-sheet.rows");
		}
		Matcher money = MONEY.matcher(figure);
		return money.matches() ? this.texts.header(money.group(1)) + " " + money.group(2)
				: this.texts.header(this.texts.resolve(figure));
	}

	/** A formula, which a reader can check, unless an amount is a text. */
	private void writeDifference(Row row, BigDecimal difference) {
		CellLook look = (difference.signum() == 0) ? CellLook.CHECK_PASSED : CellLook.CHECK_FAILED;
		boolean isNumeric = IntStream.of(3, 4).noneMatch((cell) -> row.getCell(cell).getCellType() == CellType.STRING);
		String formula = isNumeric ? "D%1$d-E%1$d".formatted(row.getRowNum() + 1) : null;
		this.workbook.writeFormula(row.createCell(5), formula, difference, look, formatOf(difference), null);
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
		cell(row, column, value, look, formatOf(value));
	}

	private static ColumnFormat formatOf(@Nullable BigDecimal value) {
		return (value == null || value.stripTrailingZeros().scale() <= 0) ? ColumnFormat.COUNT : ColumnFormat.PRICE;
	}

	private void cell(Row row, int column, @Nullable Object value, CellLook look, ColumnFormat format) {
		this.workbook.write(row.createCell(column), value, look, format);
	}

	private Row row() {
		return this.sheet.createRow(this.nextRow++);
	}

	/**
	 * The contents of a sheet, to be checked against the database.
	 *
	 * @param title what its rows are, in words
	 * @param rows number of its rows, without header and totals
	 * @param figures its figures: the sum of each numeric column by the column's name, or
	 * each figure by its label
	 * @param isInFile whether it is not left out
	 * @param first the first rows as they are shown, as many as charts need
	 */
	record WrittenSheet(String name, String title, @Nullable ReportQuery query, long rows,
			Map<String, BigDecimal> figures, boolean isInFile, List<List<@Nullable Object>> first) {

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
