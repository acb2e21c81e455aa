package io.jobaudit.report.xlsx;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.table.ReportTable;
import io.jobaudit.report.xlsx.ReportCell.CellText;
import org.apache.poi.ooxml.POIXMLProperties;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.PageMargin;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xssf.usermodel.extensions.XSSFHeaderFooter;
import org.jspecify.annotations.Nullable;

/**
 * A workbook while its sheets are written.
 *
 * @param name at the foot of its pages
 * @param charted how many rows of a sheet its charts show, by the sheet's name
 */
record OpenWorkbook(ReproducibleWorkbook file, CellStyles styles, Links links, ReportSubject subject, String name,
		Map<String, Integer> charted) {

	private static final double MARGIN_INCHES = 0.4;

	/** In percent: 8 points instead of 10. */
	private static final short LEAST_SCALE = 80;

	private static final double POINTS_OF_CHARACTER = 5.25;

	/** LibreOffice's columns are wider than those of Excel. */
	private static final double WIDEST_CHARACTER = 5.6;

	/** Between the margins of A4 landscape. */
	private static final double POINTS_OF_PAGE = 72 * (11.69 - 2 * MARGIN_INCHES);

	/** A header or footer has at most 255 characters. */
	private static final int MOST_OF_TITLE = 80;

	private static final int MOST_OF_LINE = 120;

	/** The last ones are shown; more days than there are jobs from. */
	private static final int MOST_OF_TREND = 10_000;

	static OpenWorkbook of(ReproducibleWorkbook file, WorkbookDefinition definition, ReportSubject subject) {
		CellStyles styles = new CellStyles(file.getXSSFWorkbook());
		Map<String, Integer> charted = new HashMap<>();
		definition.charts()
			.forEach((chart) -> charted.merge(chart.sheet().text(), remembered(definition, chart), Math::max));
		return new OpenWorkbook(file, styles, new Links(styles), subject,
				subject.texts().text("sheet.foot", subject.texts().resolve(definition.title()), subject.name()),
				charted);
	}

	private static int remembered(WorkbookDefinition definition, ChartDefinition chart) {
		if (chart.isTrend(definition.requireSheet(chart.sheet()))) {
			return MOST_OF_TREND;
		}
		return (chart.each() != null) ? ReportTable.MOST_REMEMBERED : chart.most();
	}

	ZoneId zone() {
		return this.subject.scope().zone();
	}

	ReportTexts texts() {
		return this.subject.texts();
	}

	int chartedRows(SheetDefinition sheet) {
		return this.charted.getOrDefault(sheet.name().text(), 0);
	}

	/** A sheet that begins with a banner of its own. */
	XSSFSheet createPage(String name) {
		XSSFSheet sheet = this.file.createHeldSheet(texts().tab(name));
		sheet.setDisplayGridlines(false);
		layOut(sheet);
		return sheet;
	}

	/**
	 * As every sheet, with its title, what it is about and its currencies on each page.
	 */
	void layOut(Sheet sheet, String title, List<String> currencies) {
		layOut(sheet);
		sheet.setMargin(PageMargin.TOP, 0.85);
		sheet.setMargin(PageMargin.HEADER, MARGIN_INCHES / 2);
		String unit = currencies.isEmpty() ? ""
				: texts().text("sheet.currencies", String.join(texts().text("text.comma"), currencies));
		((XSSFHeaderFooter) sheet.getHeader()).getHeaderFooter()
			.setOddHeader("&L&\"Arial,Bold\"&12 " + escaped(texts().resolve(title), MOST_OF_TITLE)
					+ "\n&\"Arial,Regular\"&8 " + escaped(this.subject.brief() + unit, MOST_OF_LINE));
	}

	/** Prints a sheet on A4 landscape, one page wide, with page numbers. */
	void layOut(Sheet sheet) {
		PrintSetup print = sheet.getPrintSetup();
		print.setPaperSize(PrintSetup.A4_PAPERSIZE);
		print.setLandscape(true);
		print.setFitWidth((short) 1);
		print.setFitHeight((short) 0);
		sheet.setFitToPage(true);
		sheet.setMargin(PageMargin.LEFT, MARGIN_INCHES);
		sheet.setMargin(PageMargin.RIGHT, MARGIN_INCHES);
		sheet.setMargin(PageMargin.TOP, MARGIN_INCHES);
		sheet.setMargin(PageMargin.BOTTOM, 0.6);
		sheet.setMargin(PageMargin.FOOTER, MARGIN_INCHES / 2);
		((XSSFHeaderFooter) sheet.getFooter()).getHeaderFooter().setOddFooter(footerCode());
	}

	/**
	 * Prints a table that would be too small on one page's width on several pages side by
	 * side, each with the first column.
	 * @param width of its columns, in characters
	 */
	void keepReadable(Sheet sheet, int width) {
		if (width * POINTS_OF_CHARACTER * LEAST_SCALE > 100 * POINTS_OF_PAGE) {
			sheet.setFitToPage(false);
			sheet.getPrintSetup().setScale(LEAST_SCALE);
			sheet.getPrintSetup().setLeftToRight(true);
			sheet.setRepeatingColumns(new CellRangeAddress(-1, -1, 0, 0));
		}
	}

	/**
	 * Prints a sheet as wide as a page, with pages that end where its breaks are.
	 * @param width of its columns, in characters
	 */
	void printAtWidth(Sheet sheet, int width) {
		sheet.setFitToPage(false);
		sheet.getPrintSetup().setScale((short) (100 * POINTS_OF_PAGE / (width * WIDEST_CHARACTER)));
	}

	private String footerCode() {
		return "&L" + escaped(this.name, MOST_OF_LINE) + "&C&A&R" + texts().text("sheet.page", "&P", "&N");
	}

	/** Escapes ampersands, which begin a code in a header or footer. */
	private static String escaped(String text, int most) {
		int end = text.length();
		while (text.substring(0, end).replace("&", "&&").length() > most) {
			end--;
		}
		return text.substring(0, end).replace("&", "&&") + ((end < text.length()) ? "…" : "");
	}

	void writeBand(Row row, int columns, String text, CellLook look) {
		row.setHeightInPoints(look.rowHeight());
		for (int column = 0; column < columns; column++) {
			row.createCell(column).setCellStyle(this.styles.of(look, ColumnFormat.TEXT));
		}
		row.getCell(0).setCellValue(CellText.of(text, texts()));
	}

	void write(Cell cell, @Nullable Object value, CellLook look, ColumnFormat format) {
		write(cell, value, look, format, null);
	}

	void write(Cell cell, @Nullable Object value, CellLook look, ColumnFormat format, @Nullable String currency) {
		cell.setCellStyle(this.styles.of(look, format, currency));
		ReportCell.set(cell, value, format, currency, this);
	}

	/** A number by a formula; without one it is a number only. */
	void writeFormula(Cell cell, @Nullable String formula, Object value, CellLook look, ColumnFormat format,
			@Nullable String currency) {
		write(cell, value, look, format, currency);
		if (formula != null && cell.getCellType() == CellType.NUMERIC) {
			double cached = cell.getNumericCellValue();
			cell.setCellFormula(formula);
			cell.setCellValue(cached);
		}
	}

	/**
	 * A workbook that streams its rows and has the same bytes for the same content: POI
	 * omits the times of ZIP entries, and the dates of the document are those of the run.
	 */
	static final class ReproducibleWorkbook extends SXSSFWorkbook {

		ReproducibleWorkbook(String title, Instant date) {
			super(new XSSFWorkbook(), 100, false, false);
			POIXMLProperties.CoreProperties properties = getXSSFWorkbook().getProperties().getCoreProperties();
			properties.setTitle(title);
			properties.setCreator("job-audit");
			properties.setCreated(Optional.of(Date.from(date)));
			properties.setModified(Optional.of(Date.from(date)));
		}

		/** A sheet in memory, which can be read again and have charts. */
		XSSFSheet createHeldSheet(String name) {
			createSheet(name);
			return getXSSFWorkbook().getSheet(name);
		}

		/** Flushes first: after a failure, rows cannot be flushed on closing. */
		@Override
		public void close() throws IOException {
			try {
				for (Sheet sheet : this) {
					((SXSSFSheet) sheet).flushRows();
				}
			}
			finally {
				super.close();
			}
		}

	}

}
