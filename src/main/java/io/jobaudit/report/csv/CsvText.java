package io.jobaudit.report.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

import io.jobaudit.SpreadsheetSafeText;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * CSV as in all our files: RFC 4180, UTF-8, and no text that a spreadsheet would run as a
 * formula.
 */
final class CsvText {

	private CsvText() {
	}

	static CSVPrinter printer(OutputStream out) throws IOException {
		return new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), CSVFormat.RFC4180);
	}

	static @Nullable String inert(@Nullable String text) {
		return (text != null) ? SpreadsheetSafeText.of(text) : null;
	}

}
