package io.jobaudit.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Iterator;
import java.util.regex.Pattern;

import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.input.BOMInputStream;
import org.jspecify.annotations.Nullable;

/** Reads CSV (RFC 4180), with or without a BOM, without blank lines. */
public final class CsvReader implements AutoCloseable {

	// This quote mode distinguishes an empty line (null) from a quoted empty value.
	private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL_NON_NULL).get();

	private static final Pattern LINE_END = Pattern.compile("\r\n?|\n");

	/**
	 * Replaces bytes that are no character of the encoding. None can encode half of a
	 * surrogate pair, so alone it is never in a file.
	 */
	private static final char NO_CHARACTER = '\uDC00';

	private final String file;

	private final String encodingFault;

	private final RowLimitReader text;

	private final CSVParser parser;

	private final Iterator<CSVRecord> records;

	/** Reads the standard format. */
	public CsvReader(String file, InputStream in) throws IOException {
		this(file, in, CsvFormat.STANDARD, "");
	}

	/**
	 * Creates a reader.
	 * @param in its bytes, closed with the reader
	 * @param otherwise what else than saving the file in UTF-8 helps
	 */
	public CsvReader(String file, InputStream in, CsvFormat format, String otherwise) throws IOException {
		this.file = file;
		this.encodingFault = "the line has bytes that are not %s; save the file as \"CSV UTF-8\"%s"
			.formatted(format.encoding(), otherwise);
		this.text = new RowLimitReader(text(in, format.encoding()));
		this.parser = CSVParser.parse(this.text, FORMAT.builder().setDelimiter(format.delimiter()).get());
		this.records = this.parser.iterator();
	}

	/**
	 * The next line that is not blank, null at the end.
	 * @throws CsvException when it is not CSV in this format
	 */
	public @Nullable CsvLine next() throws IOException {
		while (true) {
			long number = this.parser.getCurrentLineNumber() + 1;
			CSVRecord row = nextRecord(number);
			if (row == null) {
				return null;
			}
			if (!isBlank(row)) {
				requireCharacters(row, number);
				return new CsvLine(number, row.stream().map((cell) -> (cell != null) ? stripped(cell) : "").toList());
			}
		}
	}

	@Override
	public void close() throws IOException {
		this.parser.close();
	}

	private @Nullable CSVRecord nextRecord(long line) throws IOException {
		this.text.beginRow();
		try {
			return this.records.hasNext() ? this.records.next() : null;
		}
		catch (UncheckedIOException ex) {
			if (this.text.isOverLimit()) {
				throw new CsvException(this.file, line,
						"the row is longer than %d characters; close each quoted value, or give a file with lines"
							.formatted(RowLimitReader.LIMIT),
						ex);
			}
			if (ex.getCause() instanceof CSVException) {
				throw new CsvException(this.file, line, "the quotes of this row do not match;"
						+ " write a quote inside a quoted value twice, and close each quoted value", ex);
			}
			throw ex.getCause();
		}
	}

	private static Reader text(InputStream in, Charset encoding) throws IOException {
		return new InputStreamReader(
				BOMInputStream.builder()
					.setInputStream(in)
					.setByteOrderMarks(ByteOrderMark.UTF_8, ByteOrderMark.UTF_16LE, ByteOrderMark.UTF_16BE)
					.get(),
				encoding.newDecoder()
					.onMalformedInput(CodingErrorAction.REPLACE)
					.replaceWith(String.valueOf(NO_CHARACTER)));
	}

	private void requireCharacters(CSVRecord row, long line) throws CsvException {
		if (row.stream().noneMatch((cell) -> cell != null && cell.indexOf(NO_CHARACTER) >= 0)) {
			return;
		}
		String text = String.join(",", row);
		int good = text.codePoints()
			.takeWhile((character) -> character != NO_CHARACTER)
			.map(Character::charCount)
			.sum();
		if (good < text.length()) {
			long lineEnds = LINE_END.matcher(text.substring(0, good)).results().count();
			throw new CsvException(this.file, line + lineEnds, this.encodingFault);
		}
	}

	/** Without the white space of any script around it, such as no-break spaces. */
	private static String stripped(String cell) {
		int start = 0;
		int end = cell.length();
		while (start < end && isWhiteSpace(cell.charAt(start))) {
			start++;
		}
		while (end > start && isWhiteSpace(cell.charAt(end - 1))) {
			end--;
		}
		return cell.substring(start, end);
	}

	private static boolean isWhiteSpace(char character) {
		return Character.isWhitespace(character) || Character.isSpaceChar(character);
	}

	/** A line with nothing but white space; a quoted empty value is something. */
	private static boolean isBlank(CSVRecord row) {
		String cell = row.get(0);
		return row.size() == 1 && (cell == null || (cell.isBlank() && !cell.isEmpty()));
	}

	/** Ends a row without end before it fills the memory. */
	private static final class RowLimitReader extends FilterReader {

		/** Longest row, in characters; a little more may pass. */
		static final int LIMIT = 1_000_000;

		private int length;

		RowLimitReader(Reader in) {
			super(in);
		}

		void beginRow() {
			this.length = 0;
		}

		boolean isOverLimit() {
			return this.length > LIMIT;
		}

		@Override
		public int read(char[] buffer, int offset, int count) throws IOException {
			if (isOverLimit()) {
				throw new IOException("the row is longer than %d characters".formatted(LIMIT));
			}
			int read = super.read(buffer, offset, count);
			this.length += Math.max(read, 0);
			return read;
		}

	}

}
