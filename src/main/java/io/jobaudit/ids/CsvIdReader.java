package io.jobaudit.ids;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Streams a CSV file of ids: one {@link InputLine} per data line, blank lines left out. A
 * restart goes on behind the last line that was committed.
 */
public final class CsvIdReader implements ItemStreamReader<InputLine> {

	/** Key of the number of data lines read so far, in the step's execution context. */
	public static final String LINES_READ = "ids.linesRead";

	// This quote mode tells an empty line (null) from a quoted empty value.
	private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder()
		.setIgnoreEmptyLines(false)
		.setQuoteMode(QuoteMode.ALL_NON_NULL)
		.get();

	private final CsvInput input;

	private final LongSupplier lastImported;

	private @Nullable InputLine ahead;

	private @Nullable CSVParser parser;

	private @Nullable Iterator<CSVRecord> records;

	private @Nullable LineReader lines;

	private long linesRead;

	private long lastLine;

	/**
	 * Creates a reader.
	 * @param input the file and how to read it
	 * @param lastImported number of the last line that was imported before, 0 for none;
	 * asked when the reader is opened
	 */
	public CsvIdReader(CsvInput input, LongSupplier lastImported) {
		this.input = input;
		this.lastImported = lastImported;
	}

	@Override
	public void open(ExecutionContext context) {
		try {
			this.parser = CSVParser.parse(text(), FORMAT);
			this.records = this.parser.iterator();
			skipTo(this.lastImported.getAsLong());
		}
		catch (CharacterCodingException ex) {
			throw notUtf8(ex);
		}
		catch (IOException ex) {
			throw new BadInputException("cannot read " + this.input.source() + ": " + ex.getMessage(), ex);
		}
	}

	@Override
	public void update(ExecutionContext context) {
		context.putLong(LINES_READ, this.linesRead);
	}

	@Override
	public void close() {
		try {
			if (this.parser != null) {
				this.parser.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot close " + this.input.source(), ex);
		}
	}

	/**
	 * The next data line, null at the end.
	 * @throws BadInputException when the file is not CSV in UTF-8
	 */
	@Override
	public @Nullable InputLine read() {
		InputLine line = (this.ahead != null) ? this.ahead : readLine();
		this.ahead = null;
		this.linesRead += (line != null) ? 1 : 0;
		return line;
	}

	/**
	 * Lines that were imported before are counted again: the count is the file's, never
	 * the ledger's own.
	 */
	private void skipTo(long lastLine) {
		InputLine line = (lastLine > 0) ? readLine() : null;
		while (line != null && line.lineNo() <= lastLine) {
			this.linesRead++;
			line = readLine();
		}
		this.ahead = line;
	}

	private @Nullable InputLine readLine() {
		CSVRecord csv = nextFilled();
		if (csv != null && this.lines == null) {
			CsvHeader header = CsvHeader.of(this.input.source(), this.lastLine, cells(csv), this.input.idColumn());
			this.lines = new LineReader(header);
			csv = header.present() ? nextFilled() : csv;
		}
		if (csv == null || this.lines == null) {
			return null;
		}
		return this.lines.read(this.lastLine, cells(csv));
	}

	private @Nullable CSVRecord nextFilled() {
		CSVRecord csv = next();
		while (csv != null && isBlank(csv)) {
			csv = next();
		}
		return csv;
	}

	private @Nullable CSVRecord next() {
		if (this.parser == null || this.records == null) {
			throw new IllegalStateException("the reader of " + this.input.source() + " is not open");
		}
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
			.formatted(line, this.input.source(), ex.getMessage())
				+ " a quote inside a quoted value is written twice, and each quoted value is closed", ex);
	}

	private BadInputException notUtf8(Exception cause) {
		return new BadInputException("expected CSV in UTF-8, but " + Utf8.firstFault(this.input), cause);
	}

	private Reader text() throws IOException {
		Reader reader = new InputStreamReader(Files.newInputStream(this.input.file()),
				StandardCharsets.UTF_8.newDecoder()
					.onMalformedInput(CodingErrorAction.REPORT)
					.onUnmappableCharacter(CodingErrorAction.REPORT));
		return new ByteOrderMarkSkipper(reader);
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
