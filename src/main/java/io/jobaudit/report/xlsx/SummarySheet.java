package io.jobaudit.report.xlsx;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.table.KeyFigure;
import io.jobaudit.report.xlsx.AuditSheet.WrittenSheet;
import io.jobaudit.report.xlsx.ChartPlot.ChartSource;
import io.jobaudit.report.xlsx.ReportCell.CellText;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFDrawing;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.drawingml.x2006.spreadsheetDrawing.CTDrawing;

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
		this.sheet.getPrintSetup().setFitHeight((short) 1);
		for (int column = 0; column <= CHART_LAST_COLUMN; column++) {
			this.sheet.setColumnWidth(column, ((column < WIDTHS.length) ? WIDTHS[column] : 10) * 256);
		}
		// Room for the frame of the chart, which the edge of the page would cut.
		this.sheet.setColumnWidth(CHART_LAST_COLUMN, 256);
	}

	WrittenSheet write(String title, List<String> subtitles, List<KeyFigure> all, @Nullable ReportQuery query) {
		banner(0, this.workbook.texts().resolve(title), CellLook.TITLE);
		for (int line = 0; line < subtitles.size(); line++) {
			banner(line + 1, subtitles.get(line), CellLook.SUBTITLE);
		}
		int headlines = KeyFigure.headlines(all);
		for (int index = 0; index < all.size(); index++) {
			startSection(all.get(index).section());
			write(all.get(index), (index < headlines) ? CellLook.HEADLINE : all.get(index).look());
		}
		return new WrittenSheet(NAME, title, query, all.size(), this.figures, true, List.of());
	}

	void draw(WorkbookDefinition definition, List<WrittenSheet> written) {
		Map<ChartDefinition, ChartSource> charts = new LinkedHashMap<>();
		for (ChartDefinition chart : definition.charts()) {
			SheetDefinition table = definition.requireSheet(chart.sheet());
			charts.putAll(ChartSource.of(chart, table, WrittenSheet.named(written, table.name().text()).first()));
		}
		charts.values().removeIf(ChartSource::isEmpty);
		int row = FIRST_ROW;
		int rows = rowsOfChart(charts.size());
		for (Map.Entry<ChartDefinition, ChartSource> chart : charts.entrySet()) {
			draw(new XSSFClientAnchor(0, 0, 0, 0, CHART_FIRST_COLUMN, row, CHART_LAST_COLUMN, row + rows),
					chart.getKey(), chart.getValue());
			row += rows + 1;
		}
	}

	private void draw(XSSFClientAnchor place, ChartDefinition definition, ChartSource source) {
		XSSFDrawing drawing = this.sheet.createDrawingPatriarch();
		ChartPlot plot = new ChartPlot(drawing.createChart(place), definition, source, this.workbook.texts());
		plot.plot();
		CTDrawing all = drawing.getCTDrawing();
		all.getTwoCellAnchorArray(all.sizeOfTwoCellAnchorArray() - 1)
			.getGraphicFrame()
			.getNvGraphicFramePr()
			.getCNvPr()
			.setDescr(CellText.of(plot.description(), this.workbook.texts()));
	}

	/** The charts fit beside the figures, or on the page, with a row between them. */
	private int rowsOfChart(int charts) {
		int rows = Math.max(ROWS_OF_PAGE, this.nextRow - FIRST_ROW);
		return Math.max(9, Math.min(24, (rows + 1) / Math.max(1, charts) - 1));
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
		this.workbook.writeBand(this.sheet.createRow(this.nextRow++), WIDTHS.length - 1,
				this.workbook.texts().resolve(name), CellLook.SECTION);
	}

	private void write(KeyFigure figure, CellLook look) {
		Row row = this.sheet.createRow(this.nextRow++);
		row.setHeightInPoints(look.rowHeight());
		ReportTexts texts = this.workbook.texts();
		String label = texts.label(figure.label());
		this.workbook.write(row.createCell(0), label, look, ColumnFormat.TEXT);
		if (figure.link() != null) {
			this.workbook.links().toSheet(row.getCell(0), look, label, figure.link());
		}
		this.workbook.write(row.createCell(1), figure.amount(), look, figure.format(), figure.currency());
		this.workbook.write(row.createCell(2), figure.share(), look, ColumnFormat.PERCENT);
		this.workbook.write(row.createCell(3), (figure.note() != null) ? texts.resolve(figure.note()) : null,
				CellLook.NOTE, ColumnFormat.TEXT);
		if (!figure.isCheck() && figure.amount() != null) {
			this.figures.put(ReportTexts.EN.resolve(figure.label()), figure.amount());
		}
	}

}
