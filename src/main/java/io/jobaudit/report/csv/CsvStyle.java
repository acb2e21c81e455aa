package io.jobaudit.report.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.util.regex.Pattern;

import io.jobaudit.csv.CsvPrinters;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * How the CSV files that people open are written.
 *
 * @param forSpreadsheets whether a spreadsheet that opens them must show what they have:
 * then they begin with a byte order mark, and a tab follows an id that looks like a
 * number, of which a spreadsheet keeps only 15 digits. Reading a list of ids drops both.
 */
public record CsvStyle(boolean forSpreadsheets) {

	private static final Pattern NUMBER = Pattern.compile("[0-9]+([.][0-9]+)?([eE][0-9]+)?");

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	CSVPrinter printer(OutputStream out) throws IOException {
		if (this.forSpreadsheets) {
			out.write(BYTE_ORDER_MARK);
		}
		return CsvPrinters.to(out);
	}

	/** An id or another text, which may consist of digits. */
	@Nullable String text(@Nullable String text) {
		return (this.forSpreadsheets && text != null && NUMBER.matcher(text).matches()) ? text + "\t" : text;
	}

}
