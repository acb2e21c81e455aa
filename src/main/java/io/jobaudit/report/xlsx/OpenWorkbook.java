package io.jobaudit.report.xlsx;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.xlsx.ReportCell.CellText;
import org.apache.poi.ooxml.POIXMLProperties;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.PageMargin;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xssf.usermodel.extensions.XSSFHeaderFooter;
import org.jspecify.annotations.Nullable;

/** A workbook while its sheets are written, with the text at the foot of its pages. */
record OpenWorkbook(ReproducibleWorkbook file, CellStyles styles, Links links, ZoneId zone, String footer) {

	private static final double MARGIN_INCHES = 0.4;

	/** A footer has at most 255 characters, and each ampersand counts twice. */
	private static final int MOST_OF_FOOTER = 110;

	static OpenWorkbook of(ReproducibleWorkbook file, ZoneId zone, String footer) {
		CellStyles styles = new CellStyles(file.getXSSFWorkbook());
		return new OpenWorkbook(file, styles, new Links(styles), zone, footer);
	}

	XSSFSheet createPage(String name) {
		XSSFSheet sheet = this.file.createHeldSheet(name);
		sheet.setDisplayGridlines(false);
		layOut(sheet);
		return sheet;
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

	/** Escapes ampersands, which begin a code in a footer. */
	private String footerCode() {
		String left = (this.footer.length() > MOST_OF_FOOTER) ? this.footer.substring(0, MOST_OF_FOOTER) + "…"
				: this.footer;
		return "&L" + left.replace("&", "&&") + "&C&A&R" + ReportTexts.text("sheet.page", "&P", "&N");
	}

	void writeBand(Row row, int columns, String text, CellLook look) {
		row.setHeightInPoints(look.rowHeight());
		for (int column = 0; column < columns; column++) {
			row.createCell(column).setCellStyle(this.styles.of(look, ColumnFormat.TEXT));
		}
		row.getCell(0).setCellValue(CellText.of(text));
	}

	void write(Cell cell, @Nullable Object value, CellLook look, ColumnFormat format) {
		write(cell, value, look, format, null);
	}

	void write(Cell cell, @Nullable Object value, CellLook look, ColumnFormat format, @Nullable String currency) {
		cell.setCellStyle(this.styles.of(look, format, currency));
		ReportCell.set(cell, value, format, currency, this.zone);
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
