package io.jobaudit.ids;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Streams the CSV files of an input: one {@link InputLine} per data line, without blank
 * lines. Lines are read while those before them are written. A restart resumes after the
 * last line that was committed.
 */
public final class CsvIdReader implements ItemStreamReader<InputLine> {

	/** Key of the number of data lines read so far, in the step's execution context. */
	public static final String LINES_READ = "ids.linesRead";

	private static final int BATCH = 5000;

	private final CsvInput input;

	private final LongSupplier lastImported;

	private Iterator<CsvFile> files;

	private @Nullable CsvFile file;

	private @Nullable InputLines lines;

	private Batch batch = Batch.EMPTY;

	private @Nullable CompletableFuture<Batch> next;

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
		if (this.next != null) {
			this.next.join();
			this.next = null;
		}
		closeFile();
	}

	/**
	 * The next data line, null at the end.
	 * @throws BadInputException when a file is not CSV in UTF-8
	 */
	@Override
	public @Nullable InputLine read() {
		if (this.batch.lines().isEmpty() && !this.batch.isLast()) {
			this.batch = (this.next != null) ? this.next.join() : readBatch();
			this.next = this.batch.isLast() ? null : CompletableFuture.supplyAsync(this::readBatch);
		}
		InputLine line = this.batch.lines().poll();
		if (line == null && this.batch.failure() != null) {
			throw this.batch.failure();
		}
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
		this.batch = (line != null) ? new Batch(new ArrayDeque<>(List.of(line)), null, false) : Batch.EMPTY;
	}

	/** A failure comes after the lines before it. */
	private Batch readBatch() {
		Queue<InputLine> read = new ArrayDeque<>(BATCH);
		try {
			while (read.size() < BATCH) {
				InputLine line = readLine();
				if (line == null) {
					return new Batch(read, null, true);
				}
				read.add(line);
			}
			return new Batch(read, null, false);
		}
		catch (RuntimeException ex) {
			return new Batch(read, ex, true);
		}
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

	private void closeFile() {
		if (this.lines != null) {
			this.lines.close();
			this.lines = null;
		}
	}

	private void openNext() {
		closeFile();
		if (this.files.hasNext()) {
			this.file = this.files.next();
			this.lines = new InputLines(this.file, this.input.idColumn());
		}
	}

	/**
	 * Lines that were read at once.
	 *
	 * @param lines those not handed on yet
	 * @param failure what ended reading, null for nothing
	 * @param isLast whether there are no more
	 */
	private record Batch(Queue<InputLine> lines, @Nullable RuntimeException failure, boolean isLast) {

		private static final Batch EMPTY = new Batch(new ArrayDeque<>(), null, false);

	}

}
