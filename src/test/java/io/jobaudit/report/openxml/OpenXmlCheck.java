package io.jobaudit.report.openxml;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks for what makes a spreadsheet repair a workbook or refuse it, in the file's own
 * XML: a reading library forgives more than a spreadsheet does.
 */
public final class OpenXmlCheck {

	private OpenXmlCheck() {
	}

	/** What is wrong with a workbook, each fault with the place where it stands. */
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
