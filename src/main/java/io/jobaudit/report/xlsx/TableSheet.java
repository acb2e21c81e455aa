package io.jobaudit.report.xlsx;

import java.util.List;
import java.util.Objects;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.table.ColumnSums;
import io.jobaudit.report.table.ColumnSums.Currencies;
import io.jobaudit.report.table.ReportTable;
import io.jobaudit.report.xlsx.AuditSheet.WrittenSheet;
import io.jobaudit.report.xlsx.OpenWorkbook.ReproducibleWorkbook;
import io.jobaudit.report.xlsx.ReportCell.CellText;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.IgnoredErrorType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.jspecify.annotations.Nullable;

/** A result as a sheet, continued on further sheets when it is too long. */
public final class TableSheet implements ReportTable {

	public static final int MAX_ROWS = SpreadsheetVersion.EXCEL2007.getMaxRows();

	private final OpenWorkbook workbook;

	private final SheetDefinition definition;

	private final List<ColumnDefinition> columns;

	private final CellStyle[] styles;

	private final int[] linked;

	private final int maxRows;

	private final Currencies currencies;

	private final ColumnSums sums;

	private final ColumnWidths widths;

	private final String none = ReportTexts.text("table.none");

	private final TableFrame frame;

	private int sheets;

	private @Nullable Sheet sheet;

	private int nextRow;

	TableSheet(OpenWorkbook workbook, SheetDefinition definition, int maxRows) {
		this.workbook = workbook;
		this.definition = definition;
		this.columns = definition.columns();
		this.styles = this.columns.stream()
			.map((column) -> workbook.styles()
				.of(CellLook.VALUE, (column.link() != null) ? ColumnFormat.TEXT : column.format()))
			.toArray(CellStyle[]::new);
		this.linked = workbook.links().targetColumns(definition);
		this.maxRows = maxRows;
		this.currencies = new Currencies(definition);
		this.sums = new ColumnSums(definition);
		this.widths = new ColumnWidths(definition, workbook.zone());
		this.frame = new TableFrame(workbook, this.columns, this.widths);
	}

	WrittenSheet write(ReportQueries queries, ReportQuery query) {
		if (!this.definition.optional()) {
			startSheet();
		}
		long rows = ReportTable.fill(this, queries, query, this.columns);
		if (this.sheet != null) {
			this.frame.close(this.sheet, this.nextRow);
			writeEnd(rows);
		}
		return new WrittenSheet(this.definition.name().text(), this.definition.title(), query, rows,
				this.sums.figures());
	}

	@Override
	public void add(List<@Nullable Object> values) {
		makeRoom();
		Row row = nextRow();
		for (int index = 0; index < this.styles.length; index++) {
			Object value = (values.get(index) == null && index == 0) ? this.none : values.get(index);
			Cell cell = row.createCell(index);
			write(cell, value, index, this.currencies.of(values, index));
		}
		for (int index : this.linked) {
			this.workbook.links().has(this.definition, index, values.get(index), row.getCell(index));
		}
		this.sums.add(values);
		this.widths.measure(values);
	}

	private void write(Cell cell, @Nullable Object value, int index, @Nullable String currency) {
		ColumnDefinition column = this.columns.get(index);
		cell.setCellStyle((currency != null) ? this.workbook.styles().of(CellLook.VALUE, column.format(), currency)
				: this.styles[index]);
		ReportCell.set(cell, value, column.format(), currency, this.workbook.zone());
		if (column.link() != null && value != null) {
			this.workbook.links().toRow(cell, value.toString(), column.link());
		}
		if (column.format() == ColumnFormat.URL && value != null) {
			this.workbook.links().toAddress(cell, value.toString());
		}
	}

	/** Continues on a new sheet when only the row for the totals is left. */
	private void makeRoom() {
		if (this.sheet == null) {
			startSheet();
		}
		else if (this.nextRow == this.maxRows - 1) {
			this.frame.close(this.sheet, this.nextRow);
			startSheet();
		}
	}

	private void startSheet() {
		this.sheets++;
		String name = this.definition.name() + ((this.sheets > 1) ? " " + this.sheets : "");
		ReproducibleWorkbook file = this.workbook.file();
		this.sheet = this.definition.streams() ? file.createSheet(name) : file.createHeldSheet(name);
		this.workbook.links().begins(this.definition, name);
		this.nextRow = 0;
		this.frame.writeHeader(nextRow());
	}

	private void writeEnd(long rows) {
		if (rows == 0) {
			// An empty sheet is an answer too.
			this.workbook.write(nextRow().createCell(0), ReportTexts.text("table.no-rows"), CellLook.NOTE,
					ColumnFormat.TEXT);
			this.frame.fit(current(), this.nextRow);
		}
		else if (this.sums.areShown()) {
			writeTotals();
		}
	}

	private void writeTotals() {
		Row row = nextRow();
		for (int index = 0; index < this.styles.length; index++) {
			Object total = (index == 0) ? ReportTexts.text("table.total") : this.sums.shown(index);
			this.workbook.write(row.createCell(index), total, CellLook.TOTAL, this.columns.get(index).format().ofSum(),
					this.sums.currency(index));
			this.widths.measure(index, total);
		}
		this.frame.fit(current(), this.nextRow);
	}

	private Row nextRow() {
		return current().createRow(this.nextRow++);
	}

	private Sheet current() {
		return Objects.requireNonNull(this.sheet, "no sheet before its first row");
	}

	/** Around a table's rows: header, filter, highlights, widths, layout. */
	private record TableFrame(OpenWorkbook workbook, List<ColumnDefinition> columns, ColumnWidths widths) {

		void writeHeader(Row row) {
			row.setHeightInPoints(CellLook.HEADER.rowHeight());
			for (int index = 0; index < this.columns.size(); index++) {
				ColumnDefinition column = this.columns.get(index);
				Cell cell = row.createCell(index);
				cell.setCellStyle(this.workbook.styles().of(CellLook.HEADER, column.format()));
				cell.setCellValue(CellText.of(column.header(this.workbook.zone())));
			}
		}

		/** Called when a sheet has all its rows except the totals. */
		void close(Sheet sheet, int rows) {
			CellRangeAddress table = new CellRangeAddress(0, rows - 1, 0, this.columns.size() - 1);
			sheet.createFreezePane(1, 1);
			sheet.setAutoFilter(table);
			sheet.setRepeatingRows(new CellRangeAddress(0, 0, -1, -1));
			XSSFSheet held = this.workbook.file().getXSSFWorkbook().getSheet(sheet.getSheetName());
			held.addIgnoredErrors(table, IgnoredErrorType.NUMBER_STORED_AS_TEXT);
			new Highlights(held.getSheetConditionalFormatting(), rows - 1).apply(this.columns);
			this.workbook.layOut(sheet);
			fit(sheet, rows);
		}

		/** Else a long text in the last column would widen the page. */
		void fit(Sheet sheet, int rows) {
			ReproducibleWorkbook file = this.workbook.file();
			file.setPrintArea(file.getSheetIndex(sheet.getSheetName()), 0, this.columns.size() - 1, 0, rows - 1);
			this.widths.applyTo(sheet);
		}

	}

}
