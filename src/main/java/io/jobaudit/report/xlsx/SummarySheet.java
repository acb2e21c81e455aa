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
import io.jobaudit.report.xlsx.AuditSheet.WrittenSheet;
import io.jobaudit.report.xlsx.ChartPlot.ChartSource;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.jspecify.annotations.Nullable;

/** The first sheet: title, key figures with notes, and the statement that adds up. */
final class SummarySheet {

	static final String NAME = "Summary";

	private static final int CHART_FIRST_COLUMN = 5;

	private static final int CHART_LAST_COLUMN = 12;

	private static final int FIRST_ROW = 4;

	/** Rows of a printed page below the title. */
	private static final int ROWS_OF_PAGE = 38;

	private static final int[] WIDTHS = { 38, 24, 12, 50, 2 };

	private final OpenWorkbook workbook;

	private final XSSFSheet sheet;

	private final Map<String, BigDecimal> figures = new HashMap<>();

	private String section = "";

	private int nextRow = FIRST_ROW;

	SummarySheet(OpenWorkbook workbook) {
		this.workbook = workbook;
		this.sheet = workbook.createPage(NAME);
		for (int column = 0; column <= CHART_LAST_COLUMN; column++) {
			this.sheet.setColumnWidth(column, ((column < WIDTHS.length) ? WIDTHS[column] : 10) * 256);
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

	void draw(WorkbookDefinition definition, List<WrittenSheet> written) {
		int row = FIRST_ROW;
		for (ChartDefinition chart : definition.charts()) {
			SheetDefinition table = definition.requireSheet(chart.sheet());
			XSSFSheet charted = this.workbook.file().getXSSFWorkbook().getSheet(table.name().text());
			// A sheet that is left out has no chart.
			if (charted != null) {
				ChartSource source = new ChartSource(chart, table, charted,
						WrittenSheet.named(written, table.name().text()).rows());
				row = draw(chart, source, row, row + rowsOfChart(definition.charts().size()));
			}
		}
	}

	/** Draws a chart, unless it is empty, and returns the first row of the next one. */
	private int draw(ChartDefinition definition, ChartSource source, int firstRow, int lastRow) {
		if (source.isEmpty()) {
			return firstRow;
		}
		XSSFClientAnchor place = new XSSFClientAnchor(0, 0, 0, 0, CHART_FIRST_COLUMN, firstRow, CHART_LAST_COLUMN,
				lastRow);
		new ChartPlot(this.sheet.createDrawingPatriarch().createChart(place), definition, source).plot();
		return lastRow + 1;
	}

	/** Up to three charts fit the page, with a row between them. */
	private static int rowsOfChart(int charts) {
		return Math.max(12, Math.min(24, (ROWS_OF_PAGE + 1) / charts - 1));
	}

	private void banner(int rowNumber, String text, CellLook look) {
		this.workbook.writeBand(this.sheet.createRow(rowNumber), CHART_LAST_COLUMN + 1, text, look);
	}

	private void startSection(String name) {
		if (name.equals(this.section)) {
			return;
		}
		if (!this.section.isEmpty()) {
			this.nextRow++;
		}
		this.section = name;
		this.workbook.writeBand(this.sheet.createRow(this.nextRow++), WIDTHS.length - 1, name, CellLook.SECTION);
	}

	private void write(KeyFigure figure, CellLook look) {
		Row row = this.sheet.createRow(this.nextRow++);
		row.setHeightInPoints(look.rowHeight());
		this.workbook.write(row.createCell(0), figure.label(), look, ColumnFormat.TEXT);
		if (figure.link() != null) {
			this.workbook.links().toSheet(row.getCell(0), look, figure.label(), figure.link());
		}
		this.workbook.write(row.createCell(1), figure.amount(), look, figure.format(), figure.currency());
		this.workbook.write(row.createCell(2), figure.share(), look, ColumnFormat.PERCENT);
		this.workbook.write(row.createCell(3), figure.note(), CellLook.NOTE, ColumnFormat.TEXT);
		if (!figure.isCheck() && figure.amount() != null) {
			this.figures.put(figure.label(), figure.amount());
		}
	}

}
