package io.jobaudit.report.xlsx;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellReference;
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
	private static final int ROWS_OF_PAGE = 34;

	private static final int[] WIDTHS = { 38, 24, 12, 50, 2 };

	private static final int WIDTH_BELOW_CHART = 7;

	/** Of all columns, in characters. */
	private static final int WIDTH = IntStream.of(WIDTHS).sum()
			+ WIDTH_BELOW_CHART * (CHART_LAST_COLUMN - WIDTHS.length) + 1;

	private final OpenWorkbook workbook;

	private final XSSFSheet sheet;

	private final Map<String, BigDecimal> figures = new HashMap<>();

	/** By label, and by section and label: labels of currencies are repeated. */
	private final Map<String, Cell> amounts = new HashMap<>();

	private final Map<KeyFigure, Cell> checks = new LinkedHashMap<>();

	/** The first row of each printed page. */
	private final List<Integer> pages = new ArrayList<>(List.of(FIRST_ROW));

	private String section = "";

	private int sectionRow = FIRST_ROW;

	private int nextRow = FIRST_ROW;

	SummarySheet(OpenWorkbook workbook) {
		this.workbook = workbook;
		this.sheet = workbook.createPage(NAME);
		this.sheet.getPrintSetup().setFitHeight((short) 1);
		for (int column = 0; column <= CHART_LAST_COLUMN; column++) {
			this.sheet.setColumnWidth(column, ((column < WIDTHS.length) ? WIDTHS[column] : WIDTH_BELOW_CHART) * 256);
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
		if (this.pages.size() > 1) {
			this.pages.subList(1, this.pages.size()).forEach((row) -> this.sheet.setRowBreak(row - 1));
			this.workbook.printAtWidth(this.sheet, WIDTH);
		}
		return new WrittenSheet(NAME, title, query, all.size(), this.figures, true, List.of());
	}

	void draw(WorkbookDefinition definition, List<WrittenSheet> written) {
		Map<ChartDefinition, ChartSource> charts = new LinkedHashMap<>();
		for (ChartDefinition chart : definition.charts()) {
			SheetDefinition table = definition.requireSheet(chart.sheet());
			charts.putAll(ChartSource.of(chart, table, WrittenSheet.named(written, table.name().text()).first()));
		}
		charts.entrySet()
			.removeIf((chart) -> chart.getValue().isEmpty(chart.getKey().series())
					|| !chart.getKey().compares(chart.getValue().size()));
		int row = FIRST_ROW;
		int rows = rowsOfChart(charts.size());
		for (Map.Entry<ChartDefinition, ChartSource> chart : charts.entrySet()) {
			row = rowOnOnePage(row, rows);
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

	/** The charts fit beside the figures of the first page, with a row between them. */
	private int rowsOfChart(int charts) {
		int rows = (this.pages.size() > 1) ? this.pages.get(1) - FIRST_ROW : ROWS_OF_PAGE;
		return Math.max(9, Math.min(24, (rows + 1) / Math.max(1, charts) - 1));
	}

	/** The next page, for a chart that the end of a page would cut. */
	private int rowOnOnePage(int row, int rows) {
		return this.pages.stream().filter((page) -> row < page && row + rows > page).findFirst().orElse(row);
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
		this.sectionRow = this.nextRow;
		this.workbook.writeBand(this.sheet.createRow(this.nextRow++), WIDTHS.length - 1,
				this.workbook.texts().resolve(name), CellLook.SECTION);
	}

	private void write(KeyFigure figure, CellLook look) {
		int page = this.pages.get(this.pages.size() - 1);
		if (this.nextRow - page >= ROWS_OF_PAGE) {
			this.pages.add((this.sectionRow > page) ? this.sectionRow : this.nextRow);
		}
		Row row = this.sheet.createRow(this.nextRow++);
		row.setHeightInPoints(look.rowHeight());
		ReportTexts texts = this.workbook.texts();
		String label = texts.label(figure.label());
		this.workbook.write(row.createCell(0), label, look, ColumnFormat.TEXT);
		if (figure.link() != null) {
			this.workbook.links().toSheet(row.getCell(0), look, label, figure.link());
		}
		Cell amount = row.createCell(1);
		this.workbook.write(amount, figure.amount(), look, figure.format(), figure.currency());
		this.workbook.write(row.createCell(2), figure.share(), look, ColumnFormat.PERCENT);
		this.workbook.write(row.createCell(3), (figure.note() != null) ? texts.resolve(figure.note()) : null,
				CellLook.NOTE, ColumnFormat.TEXT);
		if (figure.isCheck()) {
			this.checks.put(figure, amount);
			return;
		}
		String name = ReportTexts.EN.resolve(figure.label());
		this.amounts.putIfAbsent(name, amount);
		this.amounts.put(figure.section() + "!" + name, amount);
		if (figure.amount() != null) {
			this.figures.put(name, figure.amount());
		}
	}

	/**
	 * Makes formulas of the checks, where cells of the workbook say what they compare.
	 */
	void writeChecks(List<WrittenTable> tables) {
		this.checks.forEach((check, cell) -> {
			String formula = formula(check, tables);
			if (formula != null && check.amount() != null) {
				this.workbook.writeFormula(cell, formula, check.amount(), check.look(), check.format(),
						check.currency());
			}
		});
	}

	/** Null when a cell is missing or a text. */
	private @Nullable String formula(KeyFigure check, List<WrittenTable> tables) {
		StringBuilder formula = new StringBuilder();
		for (KeyFigure.Summand term : check.terms()) {
			String operand = operand(check.section(), term.name(), tables);
			if (operand == null) {
				return null;
			}
			formula.append(term.isMinus() ? "-" : "+").append(operand);
		}
		return formula.isEmpty() ? null : formula.substring(check.terms().get(0).isMinus() ? 0 : 1);
	}

	private @Nullable String operand(String section, String name, List<WrittenTable> tables) {
		int end = name.indexOf('!');
		if (end >= 0) {
			return tables.stream()
				.filter((table) -> table.isNamed(name.substring(0, end)))
				.findFirst()
				.map((table) -> table.sum(name.substring(end + 1), this.workbook.texts()))
				.orElse(null);
		}
		Cell cell = this.amounts.getOrDefault(section + "!" + name, this.amounts.get(name));
		return (cell == null || cell.getCellType() == CellType.STRING) ? null
				: new CellReference(cell.getRowIndex(), cell.getColumnIndex()).formatAsString();
	}

	/** A table of the workbook, to be added up again. */
	record WrittenTable(SheetDefinition definition, WrittenSheet sheet) {

		private boolean isNamed(String name) {
			return this.sheet.name().equals(name);
		}

		/** Null when a cell may be a text, or the table has several sheets. */
		private @Nullable String sum(String column, ReportTexts texts) {
			BigDecimal sum = this.sheet.figure(column);
			long rows = this.sheet.rows();
			if (rows == 0) {
				return "0";
			}
			if (rows >= SpreadsheetVersion.EXCEL2007.getMaxRows() || (sum != null && !ReportCell.isExact(sum))) {
				return null;
			}
			int index = this.definition.columns().stream().map((one) -> one.name().text()).toList().indexOf(column);
			String tab = texts.tab(this.sheet.name());
			return new AreaReference(new CellReference(tab, 1, index, true, true),
					new CellReference(tab, (int) rows, index, true, true), null)
				.formatAsString()
				.transform("SUM(%s)"::formatted);
		}

	}

}
