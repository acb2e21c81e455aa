package io.jobaudit.billing;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.jobaudit.DidYouMean;
import io.jobaudit.csv.CsvLine;

/** Which cell of a line belongs to which column. */
final class PriceHeader {

	private final Path file;

	private final int width;

	private final Map<PriceColumn, Integer> positions = new EnumMap<>(PriceColumn.class);

	private PriceHeader(Path file, int width) {
		this.file = file;
		this.width = width;
	}

	/**
	 * Reads the header.
	 * @throws PriceFileException when a column is missing, unknown or duplicate
	 */
	static PriceHeader of(Path file, CsvLine first) {
		List<String> titles = first.cells();
		PriceHeader header = new PriceHeader(file, titles.size());
		// Spreadsheets write a comma for each column that was ever filled.
		int end = titles.size();
		while (end > 0 && titles.get(end - 1).isEmpty()) {
			end--;
		}
		for (int position = 0; position < end; position++) {
			header.add(first.number(), titles.get(position), position);
		}
		for (PriceColumn column : PriceColumn.values()) {
			if (!header.positions.containsKey(column)) {
				throw new PriceFileException(file, first.number(),
						"missing column \"%s\"; begin the file with the line %s".formatted(column.title(),
								String.join(",", PriceColumn.titles())));
			}
		}
		return header;
	}

	private void add(long line, String title, int position) {
		int known = PriceColumn.titles().indexOf(title);
		if (known < 0) {
			throw new PriceFileException(this.file, line,
					"unknown column \"%s\", did you mean \"%s\"? Begin the file with the line %s".formatted(title,
							DidYouMean.of(title, PriceColumn.titles()).orElseThrow(),
							String.join(",", PriceColumn.titles())));
		}
		if (this.positions.put(PriceColumn.values()[known], position) != null) {
			throw new PriceFileException(this.file, line,
					"duplicate column \"%s\"; remove one of them".formatted(title));
		}
	}

	/**
	 * Assigns the cells of a line to their columns.
	 * @throws PriceFileException when there are more or fewer cells than columns
	 */
	PriceCells cells(CsvLine line) {
		List<String> cells = line.cells();
		if (cells.size() != this.width) {
			String fix = (cells.size() < this.width) ? "write a comma for each column, even where it is empty"
					: "quote the cell that contains a comma";
			throw new PriceFileException(this.file, line.number(), "the row has %d cells, but the header has %d: %s; %s"
				.formatted(cells.size(), this.width, cells, fix));
		}
		Map<PriceColumn, String> values = new EnumMap<>(PriceColumn.class);
		this.positions.forEach((column, position) -> values.put(column, cells.get(position)));
		return new PriceCells(this.file, line.number(), values);
	}

	/** The columns of the price file. */
	enum PriceColumn {

		JOB_TYPE, CURRENCY, PRICE_PER_1000_TOKENS, VALID_FROM, VALID_TO, NOTE;

		/** The names of all columns. */
		static List<String> titles() {
			return Arrays.stream(values()).map(PriceColumn::title).toList();
		}

		String title() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
