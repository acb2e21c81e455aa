package io.jobaudit.report.xlsx;

import java.util.List;

import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.table.CellLook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.IgnoredErrorType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/**
 * The parts of a table around its rows: header, filter, highlights, widths, print layout.
 */
record TableFrame(OpenWorkbook workbook, List<ColumnDefinition> columns, ColumnWidths widths) {

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

	/**
	 * Limits the print area, since a long text in the last column would make the page
	 * wider than the table.
	 */
	void fit(Sheet sheet, int rows) {
		ReproducibleWorkbook file = this.workbook.file();
		file.setPrintArea(file.getSheetIndex(sheet.getSheetName()), 0, this.columns.size() - 1, 0, rows - 1);
		this.widths.applyTo(sheet);
	}

}
