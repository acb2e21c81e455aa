package io.jobaudit.ids;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Streams the CSV files of an input in blocks: one {@link InputLine} per data line,
 * without blank lines. A block is read while the one before it is written. A restart
 * resumes after the last line that was committed.
 */
public final class CsvIdReader implements ItemStreamReader<List<InputLine>> {

	/** Key of the number of data lines read so far, in the step's execution context. */
	public static final String LINES_READ = "ids.linesRead";

	private static final int LINES_OF_BLOCK = 20_000;

	private final CsvInput input;

	private final LongSupplier lastImported;

	private Iterator<CsvFile> files;

	private @Nullable CsvFile file;

	private @Nullable InputLines lines;

	private @Nullable CompletableFuture<Block> next;

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
		InputLine first = skipTo(this.lastImported.getAsLong());
		this.next = CompletableFuture.supplyAsync(() -> readBlock(first));
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
	 * The next data lines, null at the end.
	 * @throws BadInputException when a file is not CSV in UTF-8; comes after the lines
	 * before it
	 */
	@Override
	public @Nullable List<InputLine> read() {
		if (this.next == null) {
			throw new IllegalStateException("the reader of " + this.input.source() + " is not open");
		}
		Block block = this.next.join();
		if (block.lines().isEmpty() && block.failure() != null) {
			throw block.failure();
		}
		this.next = block.isLast() ? CompletableFuture.completedFuture(new Block(List.of(), block.failure(), true))
				: CompletableFuture.supplyAsync(() -> readBlock(null));
		this.linesRead += block.lines().size();
		return block.lines().isEmpty() ? null : block.lines();
	}

	/**
	 * Counts imported lines again, since the count is checked against the ledger.
	 * @return the first line after them, null if it is not read yet
	 */
	private @Nullable InputLine skipTo(long lastLine) {
		InputLine line = (lastLine > 0) ? readLine() : null;
		while (line != null && line.lineNo() <= lastLine) {
			this.linesRead++;
			line = readLine();
		}
		return line;
	}

	private Block readBlock(@Nullable InputLine first) {
		List<InputLine> read = new ArrayList<>(LINES_OF_BLOCK);
		try {
			InputLine line = (first != null) ? first : readLine();
			while (line != null) {
				read.add(line);
				if (read.size() == LINES_OF_BLOCK) {
					return new Block(read, null, false);
				}
				line = readLine();
			}
			return new Block(read, null, true);
		}
		catch (RuntimeException ex) {
			return new Block(read, ex, true);
		}
	}

	private @Nullable InputLine readLine() {
		while (this.file != null && this.lines != null) {
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
	 * @param failure what ended reading after them, null for nothing
	 * @param isLast whether there are no more
	 */
	private record Block(List<InputLine> lines, @Nullable RuntimeException failure, boolean isLast) {
	}

}
