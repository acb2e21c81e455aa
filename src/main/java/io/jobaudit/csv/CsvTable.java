package io.jobaudit.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.jobaudit.DidYouMean;

/**
 * A CSV file with known columns in any order, all of them present.
 *
 * @param file its name in messages
 * @param columns the names of its columns
 */
public record CsvTable(String file, List<String> columns) {

	/**
	 * Reads all rows.
	 * @throws CsvException when a column is missing, unknown or duplicate, or a row has
	 * more or fewer cells than the header
	 */
	public List<Row> read(InputStream in) throws IOException {
		List<Row> rows = new ArrayList<>();
		try (CsvReader csv = new CsvReader(this.file, in)) {
			CsvLine line = csv.next();
			if (line != null) {
				Map<String, Integer> positions = positions(line);
				int width = line.cells().size();
				for (line = csv.next(); line != null; line = csv.next()) {
					rows.add(row(line, positions, width));
				}
			}
			return rows;
		}
	}

	/** The line that such a file begins with. */
	public String header() {
		return String.join(",", this.columns);
	}

	private Map<String, Integer> positions(CsvLine first) throws CsvException {
		List<String> titles = first.cells();
		// Spreadsheets write a comma for each column that was ever filled.
		int end = titles.size();
		while (end > 0 && titles.get(end - 1).isEmpty()) {
			end--;
		}
		Map<String, Integer> positions = new HashMap<>();
		for (int position = 0; position < end; position++) {
			String title = titles.get(position);
			if (!this.columns.contains(title)) {
				throw fault(first, "unknown column \"%s\", did you mean \"%s\"? Begin the file with the line %s"
					.formatted(title, DidYouMean.of(title, this.columns).orElseThrow(), header()));
			}
			if (positions.put(title, position) != null) {
				throw fault(first, "duplicate column \"%s\"; remove one of them".formatted(title));
			}
		}
		for (String column : this.columns) {
			if (!positions.containsKey(column)) {
				throw fault(first,
						"missing column \"%s\"; begin the file with the line %s".formatted(column, header()));
			}
		}
		return positions;
	}

	private Row row(CsvLine line, Map<String, Integer> positions, int width) throws CsvException {
		List<String> cells = line.cells();
		if (cells.size() != width) {
			String fix = (cells.size() < width) ? "write a comma for each column, even where it is empty"
					: "quote the cell that contains a comma";
			throw fault(line,
					"the row has %d cells, but the header has %d: %s; %s".formatted(cells.size(), width, cells, fix));
		}
		Map<String, String> values = new HashMap<>();
		positions.forEach((column, position) -> values.put(column, cells.get(position)));
		return new Row(line.number(), values);
	}

	private CsvException fault(CsvLine line, String problem) {
		return new CsvException(this.file, line.number(), problem);
	}

	/**
	 * A row.
	 *
	 * @param line the number of its line, from 1
	 * @param values its value in each column, empty where there is none
	 */
	public record Row(long line, Map<String, String> values) {

		public Row {
			values = Map.copyOf(values);
		}

		public String value(String column) {
			return this.values.getOrDefault(column, "");
		}

	}

}
