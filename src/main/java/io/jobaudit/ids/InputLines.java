package io.jobaudit.ids;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.jobaudit.SmartJobId;
import io.jobaudit.csv.CsvException;
import io.jobaudit.csv.CsvLine;
import io.jobaudit.csv.CsvReader;
import org.jspecify.annotations.Nullable;

/** The data lines of one CSV file, numbered as in the file. */
final class InputLines implements AutoCloseable {

	private final CsvFile file;

	private final @Nullable String idColumn;

	private final CsvReader csv;

	private @Nullable LineReader lines;

	/**
	 * Opens the file.
	 * @param idColumn column that holds the ids, null to find it
	 * @throws BadInputException when it cannot be read
	 */
	InputLines(CsvFile file, @Nullable String idColumn) {
		this.file = file;
		this.idColumn = idColumn;
		try {
			this.csv = new CsvReader(file.source(), file.open());
		}
		catch (IOException ex) {
			throw BadInputException.unreadable(file.source(), ex);
		}
	}

	@Override
	public void close() {
		try {
			this.csv.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot close " + this.file.source(), ex);
		}
	}

	/**
	 * The next data line, null at the end.
	 * @throws BadInputException when the file is not CSV in UTF-8, or has no column of
	 * ids
	 */
	@Nullable InputLine next() {
		CsvLine line = nextLine();
		if (line != null && this.lines == null) {
			CsvHeader header = header(line);
			this.lines = new LineReader(header);
			line = header.present() ? nextLine() : line;
		}
		return (line != null && this.lines != null) ? this.lines.read(line) : null;
	}

	private CsvHeader header(CsvLine line) {
		try {
			CsvHeader header = CsvHeader.of(this.file.source(), line, this.idColumn);
			if (!header.present() && !SmartJobId.isWellFormed(line.cells().get(header.idIndex()))) {
				refuseLookalike();
			}
			return header;
		}
		catch (BadInputException ex) {
			refuseLookalike();
			throw ex;
		}
	}

	private void refuseLookalike() {
		Lookalike.of(this.file).ifPresent((advice) -> {
			throw new BadInputException(CsvException.message(this.file.source(), 1, advice));
		});
	}

	/**
	 * Checks that a file begins like a list of ids.
	 * @param idColumn column that holds the ids, null to find it
	 * @throws BadInputException when it does not
	 */
	static void checkStart(CsvFile file, @Nullable String idColumn) {
		try (InputLines lines = new InputLines(file, idColumn)) {
			lines.next();
		}
	}

	private @Nullable CsvLine nextLine() {
		try {
			return this.csv.next();
		}
		catch (CsvException ex) {
			if (this.lines == null) {
				refuseLookalike();
			}
			throw new BadInputException(String.valueOf(ex.getMessage()), ex);
		}
		catch (IOException ex) {
			throw BadInputException.unreadable(this.file.source(), ex);
		}
	}

}
