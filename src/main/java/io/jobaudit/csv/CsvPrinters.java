package io.jobaudit.csv;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Printers of CSV (RFC 4180) in UTF-8. */
public final class CsvPrinters {

	private CsvPrinters() {
	}

	/** Prints to a stream, which the caller flushes and closes. */
	public static CSVPrinter to(OutputStream out) throws IOException {
		return new CSVPrinter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)),
				CSVFormat.RFC4180);
	}

	public static CSVPrinter to(Path file) throws IOException {
		return new CSVPrinter(Files.newBufferedWriter(file), CSVFormat.RFC4180);
	}

	/** Prints to a file whose lines end with a line feed alone, as text tools expect. */
	public static CSVPrinter withLineFeeds(Path file) throws IOException {
		return new CSVPrinter(Files.newBufferedWriter(file),
				CSVFormat.RFC4180.builder().setRecordSeparator('\n').get());
	}

}
