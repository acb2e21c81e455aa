package io.jobaudit.report.xlsx;

import java.util.List;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.xlsx.OpenWorkbook.ReproducibleWorkbook;
import io.jobaudit.report.xlsx.ReportCell.CellText;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.IgnoredErrorType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTTable;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTTableColumns;

/** Around a table's rows: header, filter or Excel table, highlights, widths, layout. */
record TableFrame(OpenWorkbook workbook, SheetDefinition definition, ColumnWidths widths) {

	void writeHeader(Row row) {
		row.setHeightInPoints(CellLook.HEADER.rowHeight());
		for (int index = 0; index < columns().size(); index++) {
			ColumnDefinition column = columns().get(index);
			Cell cell = row.createCell(index);
			cell.setCellStyle(this.workbook.styles().of(CellLook.HEADER, column.format()));
			cell.setCellValue(header(column));
		}
	}

	/**
	 * Called when a sheet has all its rows except the totals.
	 * @param number of the sheet among those of the table
	 * @param currencies of its amounts, for the head of its pages
	 */
	void close(Sheet sheet, int rows, int number, List<String> currencies) {
		CellRangeAddress area = new CellRangeAddress(0, rows - 1, 0, columns().size() - 1);
		sheet.createFreezePane(1, 1);
		sheet.setRepeatingRows(new CellRangeAddress(0, 0, -1, -1));
		XSSFSheet held = this.workbook.file().getXSSFWorkbook().getSheet(sheet.getSheetName());
		held.addIgnoredErrors(area, IgnoredErrorType.NUMBER_STORED_AS_TEXT);
		new Highlights(held.getSheetConditionalFormatting(), rows - 1).apply(columns(), this.workbook.texts());
		if (this.definition.form().table() != null && rows > 1) {
			createTable(held, area, this.definition.form().table() + ((number > 1) ? number : ""));
		}
		else {
			sheet.setAutoFilter(area);
		}
		this.workbook.layOut(sheet, this.definition.title(), currencies);
		fit(sheet, rows);
	}

	/**
	 * Prints no more than the columns: a long text in the last one would widen the page.
	 * A table without rows takes no page.
	 */
	void fit(Sheet sheet, int rows) {
		ReproducibleWorkbook file = this.workbook.file();
		int index = file.getSheetIndex(sheet.getSheetName());
		if (this.definition.form().isPrinted() && rows > 1) {
			file.setPrintArea(index, 0, columns().size() - 1, 0, rows - 1);
			this.workbook.keepReadable(sheet, this.widths.sum());
		}
		else {
			// An empty cell: nothing is printed.
			int last = SpreadsheetVersion.EXCEL2007.getLastColumnIndex();
			file.setPrintArea(index, last, last, 0, 0);
		}
		this.widths.applyTo(sheet);
	}

	/** The rows may be on disk already, so POI cannot read the header. */
	private void createTable(XSSFSheet sheet, CellRangeAddress area, String name) {
		CTTable table = sheet
			.createTable(new AreaReference(new CellReference(0, 0),
					new CellReference(area.getLastRow(), area.getLastColumn()), SpreadsheetVersion.EXCEL2007))
			.getCTTable();
		table.setName(name);
		table.setDisplayName(name);
		table.addNewAutoFilter().setRef(area.formatAsString());
		CTTableColumns columns = table.getTableColumns();
		for (int index = 0; index < columns().size(); index++) {
			columns.getTableColumnArray(index).setName(header(columns().get(index)));
		}
	}

	private String header(ColumnDefinition column) {
		ReportTexts texts = this.workbook.texts();
		return CellText.of(column.header(this.workbook.zone(), texts), texts);
	}

	private List<ColumnDefinition> columns() {
		return this.definition.columns();
	}

}
