package io.jobaudit.report;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.jspecify.annotations.Nullable;

/** The first sheet: title, key figures with notes, and the statement that adds up. */
final class SummarySheet {

	static final String NAME = "Summary";

	/** First and last column of the picture beside the figures. */
	static final int CHART_FIRST_COLUMN = 5;

	static final int CHART_LAST_COLUMN = 12;

	static final int FIRST_ROW = 4;

	private static final int[] WIDTHS = { 38, 24, 12, 50, 2 };

	private static final int CHART_COLUMN_WIDTH = 10;

	private final XSSFSheet sheet;

	private final CellStyles styles;

	private final ZoneId zone;

	private final Map<String, BigDecimal> figures = new HashMap<>();

	private String section = "";

	private int nextRow = FIRST_ROW;

	SummarySheet(XSSFSheet sheet, CellStyles styles, ZoneId zone) {
		this.sheet = sheet;
		this.styles = styles;
		this.zone = zone;
	}

	WrittenSheet write(String title, List<String> subtitles, ReportQueries queries, String query) {
		layOut();
		banner(0, title, Look.TITLE);
		for (int line = 0; line < subtitles.size(); line++) {
			banner(line + 1, subtitles.get(line), Look.SUBTITLE);
		}
		List<Figure> all = queries.list(query, (row, number) -> Figure.of(row));
		all.forEach(this::write);
		return new WrittenSheet(NAME, title, query, all.size(), this.figures);
	}

	private void layOut() {
		this.sheet.setDisplayGridlines(false);
		for (int column = 0; column <= CHART_LAST_COLUMN; column++) {
			this.sheet.setColumnWidth(column, ((column < WIDTHS.length) ? WIDTHS[column] : CHART_COLUMN_WIDTH) * 256);
		}
		// Room for the frame of the chart, which would be cut at the edge of the page.
		this.sheet.setColumnWidth(CHART_LAST_COLUMN, 256);
	}

	private void banner(int rowNumber, String text, Look look) {
		Row row = this.sheet.createRow(rowNumber);
		row.setHeightInPoints(look.rowHeight());
		for (int column = 0; column <= CHART_LAST_COLUMN; column++) {
			row.createCell(column).setCellStyle(this.styles.of(look));
		}
		row.getCell(0).setCellValue(CellText.of(text));
	}

	private void write(Figure figure) {
		if (!figure.section().equals(this.section)) {
			startSection(figure.section());
		}
		Look look = this.figures.isEmpty() ? Look.HEADLINE : figure.look();
		Row row = this.sheet.createRow(this.nextRow++);
		row.setHeightInPoints(look.rowHeight());
		cell(row, 0, figure.label(), look, ColumnFormat.TEXT);
		cell(row, 1, figure.amount(), look, figure.amountFormat());
		cell(row, 2, figure.share(), look, ColumnFormat.PERCENT);
		cell(row, 3, figure.note(), Look.NOTE, ColumnFormat.TEXT);
		if (!figure.isCheck() && figure.amount() != null) {
			this.figures.put(figure.label(), figure.amount());
		}
	}

	private void startSection(String name) {
		if (!this.section.isEmpty()) {
			this.nextRow++;
		}
		this.section = name;
		Row row = this.sheet.createRow(this.nextRow++);
		row.setHeightInPoints(Look.SECTION.rowHeight());
		for (int column = 0; column < WIDTHS.length - 1; column++) {
			row.createCell(column).setCellStyle(this.styles.of(Look.SECTION));
		}
		row.getCell(0).setCellValue(name);
	}

	private void cell(Row row, int column, @Nullable Object value, Look look, ColumnFormat format) {
		Cell cell = row.createCell(column);
		cell.setCellStyle(this.styles.of(look, format));
		ReportCell.set(cell, value, this.zone);
	}

	/** A line of the summary's query. */
	private record Figure(String section, String label, @Nullable BigDecimal amount, @Nullable BigDecimal share,
			@Nullable String note, boolean isCheck) {

		private static Figure of(ResultSet row) throws SQLException {
			return new Figure(row.getString("section"), row.getString("label"), row.getBigDecimal("amount"),
					row.getBigDecimal("share"), row.getString("note"), row.getBoolean("is_check"));
		}

		private Look look() {
			if (!this.isCheck) {
				return Look.VALUE;
			}
			return (this.amount != null && this.amount.signum() == 0) ? Look.CHECK_PASSED : Look.CHECK_FAILED;
		}

		private ColumnFormat amountFormat() {
			return (this.amount != null && this.amount.scale() > 0) ? ColumnFormat.AMOUNT : ColumnFormat.COUNT;
		}

	}

}
