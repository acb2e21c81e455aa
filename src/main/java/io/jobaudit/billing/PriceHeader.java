package io.jobaudit.billing;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.jobaudit.DidYouMean;
import io.jobaudit.csv.CsvLine;

/** Which cell of a line belongs to which column. */
final class PriceHeader {

	private final Path file;

	private final Map<PriceColumn, Integer> positions = new EnumMap<>(PriceColumn.class);

	private PriceHeader(Path file) {
		this.file = file;
	}

	/**
	 * Reads the header.
	 * @throws PriceFileException when a column is missing, unknown or there twice
	 */
	static PriceHeader of(Path file, CsvLine first) {
		PriceHeader header = new PriceHeader(file);
		for (int position = 0; position < first.cells().size(); position++) {
			header.add(first.number(), first.cells().get(position), position);
		}
		for (PriceColumn column : PriceColumn.values()) {
			if (!header.positions.containsKey(column)) {
				throw new PriceFileException(file, first.number(),
						"there is no column \"%s\"; begin the file with the line %s".formatted(column.title(),
								String.join(",", PriceColumn.titles())));
			}
		}
		return header;
	}

	private void add(long line, String title, int position) {
		int known = PriceColumn.titles().indexOf(title);
		if (known < 0) {
			throw new PriceFileException(this.file, line,
					"unknown column \"%s\", the nearest known is \"%s\"; the columns are %s, with commas between them"
						.formatted(title, DidYouMean.of(title, PriceColumn.titles()).orElseThrow(),
								String.join(",", PriceColumn.titles())));
		}
		if (this.positions.put(PriceColumn.values()[known], position) != null) {
			throw new PriceFileException(this.file, line,
					"the column \"%s\" is there twice; leave one out".formatted(title));
		}
	}

	/**
	 * Puts a line's cells to their columns.
	 * @throws PriceFileException when there are more or fewer than columns
	 */
	PriceCells cells(CsvLine line) {
		List<String> cells = line.cells();
		if (cells.size() < this.positions.size()) {
			throw new PriceFileException(this.file, line.number(),
					"there are %d values for %d columns: %s; write a comma for each column, also where it is empty"
						.formatted(cells.size(), this.positions.size(), cells));
		}
		if (cells.size() > this.positions.size()) {
			throw new PriceFileException(this.file, line.number(),
					"there are %d values for %d columns: %s; put a value that has a comma in it in double quotes"
						.formatted(cells.size(), this.positions.size(), cells));
		}
		Map<PriceColumn, String> values = new EnumMap<>(PriceColumn.class);
		this.positions.forEach((column, position) -> values.put(column, cells.get(position)));
		return new PriceCells(this.file, line.number(), values);
	}

}
