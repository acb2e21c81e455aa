package io.jobaudit.report.openxml;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks for faults that make a spreadsheet repair or refuse a workbook, in the file's own
 * XML: a library forgives more than a spreadsheet.
 */
public final class OpenXmlCheck {

	private OpenXmlCheck() {
	}

	/** The faults of a workbook, each with its place. */
	public static List<String> faults(Path xlsx) throws IOException {
		Faults faults = new Faults();
		Parts parts = Parts.read(xlsx, faults);
		new PackageRules(parts, faults).check();
		BookRules book = new BookRules(parts, faults);
		book.check();
		for (BookRules.Sheet sheet : book.sheets()) {
			new SheetRules(parts, book, sheet, faults).check();
			new CellRules(parts, book, sheet, faults).check();
		}
		new ChartRules(parts, book, faults).check();
		return faults.found();
	}

}
