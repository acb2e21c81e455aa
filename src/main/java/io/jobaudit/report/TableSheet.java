package io.jobaudit.report;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.IgnoredErrorType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;

/** A result as a sheet, going on over further sheets when it is too long for one. */
final class TableSheet implements ReportTable {

	static final int MAX_ROWS = SpreadsheetVersion.EXCEL2007.getMaxRows();

	private final ReproducibleWorkbook workbook;

	private final CellStyles styles;

	private final SheetDefinition definition;

	private final String footer;

	private final ZoneId zone;

	private final int maxRows;

	private final Map<String, BigDecimal> sums = new HashMap<>();

	private List<ReportColumn> columns = List.of();

	private ColumnWidths widths = new ColumnWidths(List.of(), false);

	private int sheets;

	private @Nullable Sheet sheet;

	private int nextRow;

	TableSheet(ReproducibleWorkbook workbook, CellStyles styles, SheetDefinition definition, String footer, ZoneId zone,
			int maxRows) {
		this.workbook = workbook;
		this.styles = styles;
		this.definition = definition;
		this.footer = footer;
		this.zone = zone;
		this.maxRows = maxRows;
	}

	WrittenSheet write(ReportQueries queries, String query) {
		long rows = ReportTable.fill(this, queries, query, this.zone);
		finishSheet();
		if (rows > 0 && !this.definition.totals().isEmpty()) {
			writeTotals();
		}
		return new WrittenSheet(this.definition.name(), this.definition.title(), query, rows, this.sums);
	}

	@Override
	public void begin(List<ReportColumn> columns) {
		this.columns = columns;
		this.widths = new ColumnWidths(columns, this.definition.streams());
		startSheet();
	}

	@Override
	public void add(List<@Nullable Object> values) {
		// The last row that a sheet can take is kept for the totals.
		if (this.nextRow == this.maxRows - 1) {
			finishSheet();
			startSheet();
		}
		Row row = nextRow();
		for (int index = 0; index < values.size(); index++) {
			ReportColumn column = this.columns.get(index);
			Object value = (values.get(index) == null && index == 0) ? "(none)" : values.get(index);
			if (value instanceof BigDecimal number) {
				this.sums.merge(column.name(), number, BigDecimal::add);
			}
			write(row, index, value, Look.VALUE);
		}
		this.widths.measure(values, this.columns);
	}

	private void startSheet() {
		this.sheets++;
		String name = this.definition.name() + ((this.sheets > 1) ? " " + this.sheets : "");
		this.sheet = this.definition.streams() ? this.workbook.createSheet(name) : this.workbook.createHeldSheet(name);
		this.nextRow = 0;
		Row row = nextRow();
		row.setHeightInPoints(Look.HEADER.rowHeight());
		for (int index = 0; index < this.columns.size(); index++) {
			ReportColumn column = this.columns.get(index);
			Cell cell = row.createCell(index);
			cell.setCellStyle(this.styles.of(Look.HEADER, column.format()));
			cell.setCellValue(column.header());
		}
	}

	private void finishSheet() {
		Sheet finished = current();
		CellRangeAddress table = new CellRangeAddress(0, this.nextRow - 1, 0, this.columns.size() - 1);
		finished.createFreezePane(1, 1);
		finished.setAutoFilter(table);
		finished.setRepeatingRows(new CellRangeAddress(0, 0, -1, -1));
		this.workbook.getXSSFWorkbook()
			.getSheet(finished.getSheetName())
			.addIgnoredErrors(table, IgnoredErrorType.NUMBER_STORED_AS_TEXT);
		PrintLayout.applyTo(finished, this.footer);
		this.widths.applyTo(finished);
	}

	private void writeTotals() {
		List<@Nullable Object> totals = new ArrayList<>();
		this.columns.forEach((column) -> totals.add(total(column)));
		totals.set(0, "Total");
		Row row = nextRow();
		for (int index = 0; index < totals.size(); index++) {
			write(row, index, totals.get(index), Look.TOTAL);
		}
		this.widths.measure(totals, this.columns);
		this.widths.applyTo(current());
	}

	private @Nullable BigDecimal total(ReportColumn column) {
		return this.definition.totals().contains(column.name()) ? this.sums.get(column.name()) : null;
	}

	private void write(Row row, int index, @Nullable Object value, Look look) {
		Cell cell = row.createCell(index);
		cell.setCellStyle(this.styles.of(look, this.columns.get(index).format()));
		ReportCell.set(cell, value, this.zone);
	}

	private Row nextRow() {
		return current().createRow(this.nextRow++);
	}

	private Sheet current() {
		return Objects.requireNonNull(this.sheet, "no sheet before begin");
	}

}
