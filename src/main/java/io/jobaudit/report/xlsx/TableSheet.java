package io.jobaudit.report.xlsx;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.jobaudit.Money;
import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.table.ColumnSums;
import io.jobaudit.report.table.ColumnSums.Currencies;
import io.jobaudit.report.table.ColumnSums.SumRow;
import io.jobaudit.report.table.ReportTable;
import io.jobaudit.report.xlsx.AuditSheet.WrittenSheet;
import io.jobaudit.report.xlsx.OpenWorkbook.ReproducibleWorkbook;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
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

	/** The database's own sums by column and currency. */
	private final Map<String, BigDecimal> controls;

	private final Currencies currencies;

	private final ColumnSums sums;

	private final TotalFormulas formulas;

	private final ColumnWidths widths;

	private final ReportTexts texts;

	private final TableFrame frame;

	/** For charts. */
	private final List<List<@Nullable Object>> first = new ArrayList<>();

	private int sheets;

	private @Nullable Sheet sheet;

	private int nextRow;

	TableSheet(OpenWorkbook workbook, SheetDefinition definition, int maxRows, Map<String, BigDecimal> controls) {
		this.workbook = workbook;
		this.texts = workbook.texts();
		this.definition = definition;
		this.columns = definition.columns();
		this.styles = this.columns.stream()
			.map((column) -> workbook.styles()
				.of(CellLook.VALUE, (column.link() != null) ? ColumnFormat.TEXT : column.format()))
			.toArray(CellStyle[]::new);
		this.linked = workbook.links().targetColumns(definition);
		this.maxRows = maxRows;
		this.controls = controls;
		this.currencies = new Currencies(definition);
		this.sums = new ColumnSums(definition);
		this.formulas = new TotalFormulas(definition);
		this.widths = new ColumnWidths(definition, workbook);
		this.frame = new TableFrame(workbook, definition, this.widths);
	}

	WrittenSheet write(ReportQueries queries, ReportQuery query) {
		if (!this.definition.optional()) {
			startSheet();
		}
		long rows = ReportTable.fill(this, queries, query, this.columns);
		if (this.sheet != null) {
			writeEnd(rows);
		}
		return new WrittenSheet(this.definition.name().text(), this.definition.title(), query, rows,
				this.sums.figures(), this.sheet != null, this.first);
	}

	@Override
	public void add(List<@Nullable Object> values) {
		makeRoom();
		List<@Nullable Object> shown = this.sums.add(values);
		writeRow(shown, nextRow());
		if (this.first.size() < this.workbook.chartedRows(this.definition)) {
			this.first.add(shown);
		}
	}

	private void writeRow(List<@Nullable Object> values, Row row) {
		List<@Nullable Object> said = new ArrayList<>();
		for (int index = 0; index < this.styles.length; index++) {
			said.add(this.columns.get(index).format().said(values.get(index), this.texts));
			Object value = (said.get(index) == null && index == 0) ? this.texts.text("table.none") : said.get(index);
			Cell cell = row.createCell(index);
			write(cell, value, index, this.currencies.of(values, index));
			if (value instanceof BigDecimal && cell.getCellType() == CellType.STRING) {
				this.formulas.cannotAdd(index);
			}
		}
		for (int index : this.linked) {
			this.workbook.links().has(this.definition, index, values.get(index), row.getCell(index));
		}
		this.widths.measure(said);
	}

	private void write(Cell cell, @Nullable Object value, int index, @Nullable String currency) {
		ColumnDefinition column = this.columns.get(index);
		cell.setCellStyle((currency != null) ? this.workbook.styles().of(CellLook.VALUE, column.format(), currency)
				: this.styles[index]);
		ReportCell.set(cell, (this.definition.form().table() != null) ? ReportCell.addable(value) : value,
				column.format(), currency, this.workbook);
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
			closeSheet();
			startSheet();
		}
	}

	private void startSheet() {
		this.sheets++;
		String name = this.texts.tab(this.definition.name().text()) + ((this.sheets > 1) ? " " + this.sheets : "");
		ReproducibleWorkbook file = this.workbook.file();
		this.sheet = this.definition.streams() ? file.createSheet(name) : file.createHeldSheet(name);
		this.workbook.links().begins(this.definition, name);
		this.nextRow = 0;
		this.frame.writeHeader(nextRow());
	}

	/** Called when the sheet has all its rows except the totals. */
	private void closeSheet() {
		this.frame.close(current(), this.nextRow, this.sheets, this.sums.currencies());
		this.formulas.covers(current().getSheetName(), this.nextRow);
	}

	private void writeEnd(long rows) {
		if (rows == 0) {
			// An empty sheet is an answer too.
			this.frame.close(current(), this.nextRow, this.sheets, List.of());
			this.workbook.write(nextRow().createCell(0), this.texts.text("table.no-rows"), CellLook.NOTE,
					ColumnFormat.TEXT);
			return;
		}
		writeRounding();
		closeSheet();
		if (this.sums.areShown()) {
			writeTotals();
		}
	}

	/** A row like the others, so that a filter and the totals include it. */
	private void writeRounding() {
		for (String currency : this.sums.currencies()) {
			SumRow rounding = this.sums.rounding(currency);
			if (rounding != null) {
				makeRoom();
				Row row = nextRow();
				writeRow(rounding.values(), row);
				label(row, this.texts.text("table.rounding"), CellLook.VALUE);
			}
		}
	}

	private void writeTotals() {
		for (SumRow total : this.sums.totals()) {
			SumRow control = control(total);
			if (control != null) {
				writeSums(control, this.texts.text("table.control-total"), CellLook.CONTROL, false);
			}
		}
		this.sums.totals().forEach((total) -> writeSums(total, this.texts.text("table.total"), CellLook.TOTAL, true));
		this.frame.fit(current(), this.nextRow);
	}

	/** The database's own sums of what a row of totals adds up; null without money. */
	private @Nullable SumRow control(SumRow total) {
		if (total.currency() == null || this.controls.isEmpty()) {
			return null;
		}
		List<@Nullable Object> values = new ArrayList<>(total.values());
		for (int index = 0; index < values.size(); index++) {
			ColumnDefinition column = this.columns.get(index);
			if (values.get(index) instanceof BigDecimal) {
				BigDecimal known = this.controls
					.get(column.format().isMoney() ? column.name() + " " + total.currency() : column.name().text());
				values.set(index,
						(known != null && column.format().isMoney()) ? Money.rounded(known, total.currency()) : known);
			}
		}
		return values.stream().anyMatch(BigDecimal.class::isInstance) ? new SumRow(total.currency(), values) : null;
	}

	private void writeSums(SumRow sum, String label, CellLook look, boolean isFormula) {
		if (this.nextRow == this.maxRows) {
			startSheet();
		}
		Row row = nextRow();
		for (int index = 0; index < this.styles.length; index++) {
			Object value = sum.values().get(index);
			Cell cell = row.createCell(index);
			ColumnFormat format = this.columns.get(index).format().ofSum();
			if (isFormula && value instanceof BigDecimal && this.columns.get(index).total() != null) {
				String formula = this.formulas.of(index, this.columns.get(index).format().isMoney() ? sum : null,
						this.sums.currencies().size());
				this.workbook.writeFormula(cell, formula, value, look, format, sum.currency());
			}
			else {
				this.workbook.write(cell, value, look, format, sum.currency());
			}
			this.widths.measure(index, value);
		}
		label(row, label, look);
	}

	private void label(Row row, String label, CellLook look) {
		this.workbook.write(row.getCell(0), label, look, this.columns.get(0).format().ofSum());
		this.widths.measure(0, label);
	}

	private Row nextRow() {
		return current().createRow(this.nextRow++);
	}

	private Sheet current() {
		return Objects.requireNonNull(this.sheet, "no sheet before its first row");
	}

}
