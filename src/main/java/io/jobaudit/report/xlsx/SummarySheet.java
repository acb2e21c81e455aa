package io.jobaudit.report.xlsx;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.table.KeyFigure;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.jspecify.annotations.Nullable;

/** The first sheet: title, key figures with notes, and the statement that adds up. */
final class SummarySheet {

	static final String NAME = "Summary";

	/** First and last column of the charts beside the figures. */
	static final int CHART_FIRST_COLUMN = 5;

	static final int CHART_LAST_COLUMN = 12;

	static final int FIRST_ROW = 4;

	private static final int[] WIDTHS = { 38, 24, 12, 50, 2 };

	private static final int CHART_COLUMN_WIDTH = 10;

	private final OpenWorkbook workbook;

	private final XSSFSheet sheet;

	private final Map<String, BigDecimal> figures = new HashMap<>();

	private String section = "";

	private int nextRow = FIRST_ROW;

	SummarySheet(OpenWorkbook workbook) {
		this.workbook = workbook;
		this.sheet = workbook.createPage(NAME);
		for (int column = 0; column <= CHART_LAST_COLUMN; column++) {
			this.sheet.setColumnWidth(column, ((column < WIDTHS.length) ? WIDTHS[column] : CHART_COLUMN_WIDTH) * 256);
		}
		// Room for the frame of the chart, which the edge of the page would cut.
		this.sheet.setColumnWidth(CHART_LAST_COLUMN, 256);
	}

	WrittenSheet write(String title, List<String> subtitles, List<KeyFigure> all, @Nullable ReportQuery query) {
		banner(0, title, CellLook.TITLE);
		for (int line = 0; line < subtitles.size(); line++) {
			banner(line + 1, subtitles.get(line), CellLook.SUBTITLE);
		}
		for (KeyFigure figure : all) {
			startSection(figure.section());
			write(figure, (figure == all.get(0)) ? CellLook.HEADLINE : figure.look());
		}
		return new WrittenSheet(NAME, title, query, all.size(), this.figures);
	}

	/** Draws a workbook's charts one below the other. */
	void draw(WorkbookDefinition definition, List<WrittenSheet> written) {
		int row = FIRST_ROW;
		for (ChartDefinition chart : definition.charts()) {
			SheetDefinition table = definition.requireSheet(chart.sheet());
			XSSFSheet charted = this.workbook.file().getXSSFWorkbook().getSheet(table.name().text());
			// A sheet that is left out has no chart.
			if (charted != null) {
				ChartSource source = new ChartSource(chart, table, charted,
						WrittenSheet.named(written, table.name().text()).rows());
				row = new SummaryChart(chart, source).drawOn(this.sheet, row, definition.charts().size());
			}
		}
	}

	private void banner(int rowNumber, String text, CellLook look) {
		Row row = this.sheet.createRow(rowNumber);
		row.setHeightInPoints(look.rowHeight());
		for (int column = 0; column <= CHART_LAST_COLUMN; column++) {
			row.createCell(column).setCellStyle(this.workbook.styles().of(look));
		}
		row.getCell(0).setCellValue(CellText.of(text));
	}

	private void startSection(String name) {
		if (name.equals(this.section)) {
			return;
		}
		if (!this.section.isEmpty()) {
			this.nextRow++;
		}
		this.section = name;
		Row row = this.sheet.createRow(this.nextRow++);
		row.setHeightInPoints(CellLook.SECTION.rowHeight());
		for (int column = 0; column < WIDTHS.length - 1; column++) {
			row.createCell(column).setCellStyle(this.workbook.styles().of(CellLook.SECTION));
		}
		row.getCell(0).setCellValue(CellText.of(name));
	}

	private void write(KeyFigure figure, CellLook look) {
		Row row = this.sheet.createRow(this.nextRow++);
		row.setHeightInPoints(look.rowHeight());
		writeLabel(row, figure, look);
		this.workbook.write(row.createCell(1), figure.amount(), look, figure.format(), figure.currency());
		this.workbook.write(row.createCell(2), figure.share(), look, ColumnFormat.PERCENT);
		this.workbook.write(row.createCell(3), figure.note(), CellLook.NOTE, ColumnFormat.TEXT);
		if (!figure.isCheck() && figure.amount() != null) {
			this.figures.put(figure.label(), figure.amount());
		}
	}

	private void writeLabel(Row row, KeyFigure figure, CellLook look) {
		this.workbook.write(row.createCell(0), figure.label(), look, ColumnFormat.TEXT);
		if (figure.link() != null) {
			this.workbook.links().toSheet(row.getCell(0), look, figure.label(), figure.link());
		}
	}

}
