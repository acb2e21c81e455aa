package io.jobaudit.report;

import org.apache.poi.ss.usermodel.Footer;
import org.apache.poi.ss.usermodel.PageMargin;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.usermodel.Sheet;

/** A4 landscape, one page wide, pages numbered. */
final class PrintLayout {

	private static final double MARGIN_INCHES = 0.4;

	private static final double FOOTER_ROOM_INCHES = 0.6;

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
		Footer footer = sheet.getFooter();
		footer.setLeft(title);
		footer.setCenter("&A");
		footer.setRight("Page &P of &N");
	}

}
