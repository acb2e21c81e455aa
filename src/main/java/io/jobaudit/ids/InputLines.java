package io.jobaudit.ids;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.jobaudit.SmartJobId;
import io.jobaudit.SpreadsheetSafeText;
import io.jobaudit.csv.CsvException;
import io.jobaudit.csv.CsvFormat;
import io.jobaudit.csv.CsvLine;
import io.jobaudit.csv.CsvReader;
import org.jspecify.annotations.Nullable;

/** The data lines of one CSV file, numbered as in the file. */
final class InputLines implements AutoCloseable {

	private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

	private final CsvFile file;

	private final @Nullable String idColumn;

	private final CsvReader csv;

	private @Nullable LineReader lines;

	/**
	 * Opens the file.
	 * @throws BadInputException when it cannot be read
	 */
	InputLines(CsvFile file, @Nullable String idColumn) {
		this.file = file;
		this.idColumn = idColumn;
		try {
			this.csv = reader(file);
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
	 * @throws BadInputException when the file is not CSV, or has no column of ids
	 */
	@Nullable InputLine next() {
		CsvLine line = nextLine();
		if (line != null && this.lines == null && namesDelimiter(line)) {
			line = nextLine();
		}
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
	 * @throws BadInputException when it does not
	 */
	static void checkStart(CsvFile file, @Nullable String idColumn) {
		try (InputLines lines = new InputLines(file, idColumn)) {
			lines.next();
		}
	}

	/**
	 * The character between the cells: the one by which the header has a column of ids,
	 * else the comma.
	 */
	static char delimiter(CsvFile file, @Nullable String idColumn) {
		if (Lookalike.CLIENT_TABLE.fits(file)) {
			return CsvFormat.STANDARD.delimiter();
		}
		return DELIMITERS.stream()
			.filter((delimiter) -> hasIds(file.withDelimiter(delimiter), idColumn))
			.findFirst()
			.orElse(CsvFormat.STANDARD.delimiter());
	}

	/** A line that tells some spreadsheets the delimiter, such as {@code sep=;}. */
	private static boolean namesDelimiter(CsvLine line) {
		return line.number() == 1 && String.join(",", line.cells()).matches("sep=.?");
	}

	private static CsvReader reader(CsvFile file) throws IOException {
		return new CsvReader(file.source(), file.open(), file.format(), ", or give its --encoding");
	}

	private static boolean hasIds(CsvFile file, @Nullable String idColumn) {
		try (CsvReader csv = reader(file)) {
			CsvLine line = csv.next();
			if (line != null && namesDelimiter(line)) {
				line = csv.next();
			}
			return line != null && CsvHeader.indexOf(line.cells(), idColumn) >= 0;
		}
		catch (CsvException ex) {
			return false;
		}
		catch (IOException ex) {
			throw BadInputException.unreadable(file.source(), ex);
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

	/**
	 * The columns of a file: which one holds the ids, and the names of the others.
	 *
	 * @param present whether the first line is a header
	 * @param idIndex index of the id's column, from 0
	 * @param labels index to name of each column that is a label
	 * @param ownReport whether the file is a report of this program
	 */
	record CsvHeader(boolean present, int columns, int idIndex, Map<Integer, String> labels, boolean ownReport) {

		/** Columns of our own report are no labels: it can be the next input. */
		private static final Set<String> OWN_COLUMNS = Set.of("audit_http_status", "audit_code", "audit_message",
				"audit_attempts");

		/**
		 * Finds the columns in the first line.
		 * @param wanted name of the column or its number from 1, null to find it
		 * @throws BadInputException when the column of ids is unknown
		 */
		static CsvHeader of(String source, CsvLine line, @Nullable String wanted) {
			List<String> first = line.cells();
			int named = indexOf(first, wanted);
			if (named >= 0) {
				return withHeader(source, line, named);
			}
			if (wanted != null && wanted.matches("[1-9]\\d{0,3}") && Integer.parseInt(wanted) <= first.size()) {
				return numbered(source, line, Integer.parseInt(wanted) - 1);
			}
			if (wanted == null && first.size() == 1) {
				return new CsvHeader(false, 1, 0, Map.of(), false);
			}
			throw fault(source, line,
					(wanted != null)
							? "no column \"%s\" (--id-column) in %s; give one of these names, or a number from 1 to %d"
								.formatted(wanted, first, first.size())
							: "no column of job ids in %s; name it job_id, jobid, JobId or id, or give --id-column NAME"
								.formatted(first));
		}

		/** By number: the first line is a header if that cell names an id column. */
		private static CsvHeader numbered(String source, CsvLine line, int index) {
			List<String> first = line.cells();
			if (Set.of("jobid", "id").contains(normalized(first.get(index)))) {
				return withHeader(source, line, index);
			}
			Map<Integer, String> labels = new LinkedHashMap<>();
			for (int i = 0; i < first.size(); i++) {
				if (i != index) {
					labels.put(i, "column_" + (i + 1));
				}
			}
			return new CsvHeader(false, first.size(), index, labels, false);
		}

		private static CsvHeader withHeader(String source, CsvLine line, int index) {
			List<String> first = line.cells();
			Map<Integer, String> labels = new LinkedHashMap<>();
			List<String> seen = new ArrayList<>();
			for (int i = 0; i < first.size(); i++) {
				String name = first.get(i).isBlank() ? "column_" + (i + 1) : first.get(i);
				if (seen.contains(name)) {
					throw fault(source, line, "duplicate column \"%s\"; rename or remove one of them".formatted(name));
				}
				seen.add(name);
				if (i != index && !OWN_COLUMNS.contains(name) && !first.equals(CsvInput.JOB_LIST_COLUMNS)) {
					labels.put(i, first.containsAll(OWN_COLUMNS) ? SpreadsheetSafeText.given(name) : name);
				}
			}
			return new CsvHeader(true, first.size(), index, labels, seen.containsAll(OWN_COLUMNS));
		}

		/** Without the quote that our reports put before a formula. */
		String given(String cell) {
			return this.ownReport ? SpreadsheetSafeText.given(cell) : cell;
		}

		private static BadInputException fault(String source, CsvLine line, String fault) {
			return new BadInputException(CsvException.message(source, line.number(), fault));
		}

		/** Where a header has the ids; -1 for nowhere. */
		static int indexOf(List<String> cells, @Nullable String wanted) {
			return (wanted != null) ? cells.indexOf(wanted) : indexOfIdName(cells);
		}

		private static int indexOfIdName(List<String> cells) {
			for (int i = 0; i < cells.size(); i++) {
				if (normalized(cells.get(i)).equals("jobid")) {
					return i;
				}
			}
			return cells.stream().map(CsvHeader::normalized).toList().indexOf("id");
		}

		private static String normalized(String cell) {
			return cell.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
		}

	}

}
