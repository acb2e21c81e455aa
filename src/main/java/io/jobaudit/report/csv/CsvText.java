package io.jobaudit.report.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import io.jobaudit.SpreadsheetSafeText;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Rows of the CSV files, without text that a spreadsheet would run as a formula. */
final class CsvText {

	private CsvText() {
	}

	/** Prints a row where a checked exception cannot pass. */
	static void print(CSVPrinter printer, List<? extends @Nullable String> row) {
		try {
			printer.printRecord(row);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static @Nullable String inert(@Nullable String text) {
		return (text != null) ? SpreadsheetSafeText.of(text) : null;
	}

}
