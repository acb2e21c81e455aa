package io.jobaudit.report.xlsx;

import io.jobaudit.ReportTexts;
import org.apache.poi.ss.usermodel.PageMargin;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.extensions.XSSFHeaderFooter;

/** The print layout: A4 landscape, one page wide, with page numbers. */
final class PrintLayout {

	private static final double MARGIN_INCHES = 0.4;

	private static final double FOOTER_ROOM_INCHES = 0.6;

	/** A footer has at most 255 characters, and each ampersand counts twice. */
	private static final int MOST_OF_TITLE = 110;

	private PrintLayout() {
	}

	static void applyTo(Sheet sheet, String title) {
		PrintSetup print = sheet.getPrintSetup();
		print.setPaperSize(PrintSetup.A4_PAPERSIZE);
		print.setLandscape(true);
		print.setFitWidth((short) 1);
		print.setFitHeight((short) 0);
		sheet.setFitToPage(true);
		sheet.setMargin(PageMargin.LEFT, MARGIN_INCHES);
		sheet.setMargin(PageMargin.RIGHT, MARGIN_INCHES);
		sheet.setMargin(PageMargin.TOP, MARGIN_INCHES);
		sheet.setMargin(PageMargin.BOTTOM, FOOTER_ROOM_INCHES);
		sheet.setMargin(PageMargin.FOOTER, MARGIN_INCHES / 2);
		((XSSFHeaderFooter) sheet.getFooter()).getHeaderFooter().setOddFooter(footer(title));
	}

	/** Escapes ampersands, which begin a code in a footer. */
	private static String footer(String title) {
		String left = (title.length() > MOST_OF_TITLE) ? title.substring(0, MOST_OF_TITLE) + "…" : title;
		return "&L" + left.replace("&", "&&") + "&C&A&R" + ReportTexts.text("sheet.page", "&P", "&N");
	}

}
