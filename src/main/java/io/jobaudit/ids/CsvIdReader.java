package io.jobaudit.ids;

import java.util.Iterator;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Streams the CSV files of an input: one {@link InputLine} per data line, without blank
 * lines. A restart resumes after the last line that was committed.
 */
public final class CsvIdReader implements ItemStreamReader<InputLine> {

	/** Key of the number of data lines read so far, in the step's execution context. */
	public static final String LINES_READ = "ids.linesRead";

	private final CsvInput input;

	private final LongSupplier lastImported;

	private Iterator<CsvFile> files;

	private @Nullable CsvFile file;

	private @Nullable InputLines lines;

	private @Nullable InputLine ahead;

	private long linesRead;

	/**
	 * Creates a reader.
	 * @param lastImported supplies the number of the last line already imported, 0 for
	 * none; called when the reader is opened
	 */
	public CsvIdReader(CsvInput input, LongSupplier lastImported) {
		this.input = input;
		this.lastImported = lastImported;
		this.files = input.files().iterator();
	}

	@Override
	public void open(ExecutionContext context) {
		this.files = this.input.files().iterator();
		openNext();
		skipTo(this.lastImported.getAsLong());
	}

	@Override
	public void update(ExecutionContext context) {
		context.putLong(LINES_READ, this.linesRead);
	}

	@Override
	public void close() {
		if (this.lines != null) {
			this.lines.close();
			this.lines = null;
		}
	}

	/**
	 * The next data line, null at the end.
	 * @throws BadInputException when a file is not CSV in UTF-8
	 */
	@Override
	public @Nullable InputLine read() {
		InputLine line = (this.ahead != null) ? this.ahead : readLine();
		this.ahead = null;
		this.linesRead += (line != null) ? 1 : 0;
		return line;
	}

	/** Counts imported lines again, since the count is checked against the ledger. */
	private void skipTo(long lastLine) {
		InputLine line = (lastLine > 0) ? readLine() : null;
		while (line != null && line.lineNo() <= lastLine) {
			this.linesRead++;
			line = readLine();
		}
		this.ahead = line;
	}

	private @Nullable InputLine readLine() {
		if (this.file == null) {
			throw new IllegalStateException("the reader of " + this.input.source() + " is not open");
		}
		while (this.lines != null) {
			InputLine line = this.lines.next();
			if (line != null) {
				return line.plusLines(this.file.offset());
			}
			openNext();
		}
		return null;
	}

	private void openNext() {
		close();
		if (this.files.hasNext()) {
			this.file = this.files.next();
			this.lines = new InputLines(this.file, this.input.idColumn());
		}
	}

}
