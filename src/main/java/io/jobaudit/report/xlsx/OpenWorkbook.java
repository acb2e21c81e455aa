package io.jobaudit.report.xlsx;

import java.time.ZoneId;

import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.table.CellLook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.jspecify.annotations.Nullable;

/**
 * A workbook while its sheets are written.
 *
 * @param file its sheets
 * @param styles its cells' styles
 * @param links links between its sheets
 * @param zone zone of its instants
 * @param footer text at the foot of its pages
 */
record OpenWorkbook(ReproducibleWorkbook file, CellStyles styles, Links links, ZoneId zone, String footer) {

	static OpenWorkbook of(ReproducibleWorkbook file, ZoneId zone, String footer) {
		CellStyles styles = new CellStyles(file.getXSSFWorkbook());
		return new OpenWorkbook(file, styles, new Links(styles), zone, footer);
	}

	/** A sheet without a table, with its print layout. */
	XSSFSheet createPage(String name) {
		XSSFSheet sheet = this.file.createHeldSheet(name);
		sheet.setDisplayGridlines(false);
		PrintLayout.applyTo(sheet, this.footer);
		return sheet;
	}

	void write(Cell cell, @Nullable Object value, CellLook look, ColumnFormat format) {
		write(cell, value, look, format, null);
	}

	/** Writes an amount in a currency. */
	void write(Cell cell, @Nullable Object value, CellLook look, ColumnFormat format, @Nullable String currency) {
		cell.setCellStyle(this.styles.of(look, format, currency));
		ReportCell.set(cell, value, format, currency, this.zone);
	}

}
