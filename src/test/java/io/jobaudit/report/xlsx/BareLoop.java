package io.jobaudit.report.xlsx;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.table.CellLook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/**
 * The minimum to write a table: a cell and its style for each value of the driver, and a
 * sum of each number.
 */
final class BareLoop {

	private final SheetDefinition table;

	private final ColumnFormat[] formats;

	private final CellStyle[] styles;

	private final CellStyles allStyles;

	private final SXSSFSheet sheet;

	private final ZoneId zone;

	private final double[] sums;

	private int nextRow;

	BareLoop(SXSSFWorkbook file, SheetDefinition table, ZoneId zone) {
		this.table = table;
		this.formats = table.columns().stream().map(ColumnDefinition::format).toArray(ColumnFormat[]::new);
		this.allStyles = new CellStyles(file.getXSSFWorkbook());
		this.styles = styles(CellLook.VALUE);
		this.sheet = file.createSheet(table.name().text());
		this.zone = zone;
		this.sums = new double[this.formats.length];
	}

	void write(ReportQueries queries, ReportQuery query) {
		List<String> headers = this.table.columns()
			.stream()
			.map((column) -> column.header(this.zone, ReportTexts.EN))
			.toList();
		Row header = this.sheet.createRow(this.nextRow++);
		header.setHeightInPoints(CellLook.HEADER.rowHeight());
		CellStyle[] ofHeader = styles(CellLook.HEADER);
		for (int column = 0; column < this.formats.length; column++) {
			cell(header, column, ofHeader).setCellValue(headers.get(column));
		}
		queries.extract(query, (rows) -> {
			while (rows.next()) {
				write(rows, this.sheet.createRow(this.nextRow++));
			}
			return this.nextRow;
		});
		writeTotals(this.sheet.createRow(this.nextRow++), styles(CellLook.TOTAL));
	}

	private void write(ResultSet rows, Row row) throws SQLException {
		for (int column = 0; column < this.formats.length; column++) {
			Cell cell = cell(row, column, this.styles);
			switch (this.formats[column]) {
				case COUNT, TOKENS -> {
					double number = rows.getDouble(column + 1);
					if (!rows.wasNull()) {
						cell.setCellValue(number);
						this.sums[column] += number;
					}
				}
				case INSTANT -> {
					OffsetDateTime instant = rows.getObject(column + 1, OffsetDateTime.class);
					if (instant != null) {
						LocalDateTime shown = instant.atZoneSameInstant(this.zone).toLocalDateTime();
						cell.setCellValue(shown);
					}
				}
				default -> {
					String text = rows.getString(column + 1);
					if (text != null) {
						cell.setCellValue(text);
					}
				}
			}
		}
	}

	private void writeTotals(Row row, CellStyle[] ofTotals) {
		for (int column = 0; column < this.formats.length; column++) {
			Cell cell = cell(row, column, ofTotals);
			if (column == 0) {
				cell.setCellValue("Total");
			}
			else if (this.table.columns().get(column).total() != null) {
				cell.setCellValue(this.sums[column]);
			}
		}
	}

	private static Cell cell(Row row, int column, CellStyle[] styles) {
		Cell cell = row.createCell(column);
		cell.setCellStyle(styles[column]);
		return cell;
	}

	private CellStyle[] styles(CellLook look) {
		CellStyle[] ofLook = new CellStyle[this.formats.length];
		for (int column = 0; column < ofLook.length; column++) {
			ofLook[column] = this.allStyles.of(look, this.formats[column]);
		}
		return ofLook;
	}

}
