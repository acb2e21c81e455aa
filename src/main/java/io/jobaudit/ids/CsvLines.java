package io.jobaudit.ids;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.apache.commons.io.input.BOMInputStream;
import org.jspecify.annotations.Nullable;

/** The data lines of one CSV file, blank lines left out, numbered as in the file. */
final class CsvLines implements AutoCloseable {

	// This quote mode tells an empty line (null) from a quoted empty value.
	private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder()
		.setIgnoreEmptyLines(false)
		.setQuoteMode(QuoteMode.ALL_NON_NULL)
		.get();

	private final CsvFile file;

	private final @Nullable String idColumn;

	private final CSVParser parser;

	private final Iterator<CSVRecord> records;

	private @Nullable LineReader lines;

	private long lastLine;

	/**
	 * Opens the file.
	 * @param idColumn column that holds the ids, null to find it
	 * @throws BadInputException when it cannot be read
	 */
	CsvLines(CsvFile file, @Nullable String idColumn) {
		this.file = file;
		this.idColumn = idColumn;
		try {
			this.parser = CSVParser.parse(text(), FORMAT);
			this.records = this.parser.iterator();
		}
		catch (CharacterCodingException ex) {
			throw notUtf8(ex);
		}
		catch (IOException ex) {
			throw new BadInputException("cannot read " + file.source() + ": " + ex.getMessage(), ex);
		}
	}

	@Override
	public void close() {
		try {
			this.parser.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot close " + this.file.source(), ex);
		}
	}

	/**
	 * The next data line, null at the end.
	 * @throws BadInputException when the file is not CSV in UTF-8
	 */
	@Nullable InputLine next() {
		CSVRecord csv = nextFilled();
		if (csv != null && this.lines == null) {
			CsvHeader header = CsvHeader.of(this.file.source(), this.lastLine, cells(csv), this.idColumn);
			this.lines = new LineReader(header);
			csv = header.present() ? nextFilled() : csv;
		}
		if (csv == null || this.lines == null) {
			return null;
		}
		return this.lines.read(this.lastLine, cells(csv));
	}

	private @Nullable CSVRecord nextFilled() {
		CSVRecord csv = nextRecord();
		while (csv != null && isBlank(csv)) {
			csv = nextRecord();
		}
		return csv;
	}

	private @Nullable CSVRecord nextRecord() {
		long before = this.parser.getCurrentLineNumber();
		try {
			CSVRecord csv = this.records.hasNext() ? this.records.next() : null;
			this.lastLine = before + 1;
			return csv;
		}
		catch (UncheckedIOException ex) {
			throw notCsv(ex, before + 1);
		}
	}

	private BadInputException notCsv(UncheckedIOException ex, long line) {
		Throwable cause = ex.getCause();
		if (cause instanceof CharacterCodingException) {
			return notUtf8(ex);
		}
		return new BadInputException("expected CSV (RFC 4180), but the record that begins on line %d of %s is not: %s;"
			.formatted(line, this.file.source(), ex.getMessage())
				+ " a quote inside a quoted value is written twice, and each quoted value is closed", ex);
	}

	private BadInputException notUtf8(Exception cause) {
		return new BadInputException("expected CSV in UTF-8, but " + Utf8.firstFault(this.file), cause);
	}

	private Reader text() throws IOException {
		return new InputStreamReader(BOMInputStream.builder().setInputStream(this.file.open()).get(),
				StandardCharsets.UTF_8.newDecoder()
					.onMalformedInput(CodingErrorAction.REPORT)
					.onUnmappableCharacter(CodingErrorAction.REPORT));
	}

	private static List<String> cells(CSVRecord csv) {
		return csv.stream().map((cell) -> (cell != null) ? cell.strip() : "").toList();
	}

	/** A line with nothing but white space; a quoted empty value is something. */
	private static boolean isBlank(CSVRecord csv) {
		String cell = csv.get(0);
		return csv.size() == 1 && (cell == null || (cell.isBlank() && !cell.isEmpty()));
	}

}
