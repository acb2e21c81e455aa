package io.jobaudit.billing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The price file: CSV (RFC 4180) in UTF-8, its columns in any order, one line per job
 * type and validity.
 *
 * @param path where it is
 * @param lines what it says, in order
 */
record PriceFile(Path path, List<PriceLine> lines) {

	PriceFile {
		lines = List.copyOf(lines);
	}

	/**
	 * Reads the file.
	 * @param types job types that it may name
	 * @throws PriceFileException at the first fault
	 */
	static PriceFile read(Path path, KnownJobTypes types) {
		String text = PriceText.read(path);
		List<PriceLine> lines = new ArrayList<>();
		try (CSVParser parser = CSVParser.parse(text, CSVFormat.RFC4180)) {
			Iterator<CSVRecord> records = parser.iterator();
			PriceHeader header = null;
			PriceRow row = next(path, parser, records);
			while (row != null) {
				if (header == null) {
					header = PriceHeader.of(path, row.line(), row.cells());
				}
				else {
					lines.add(header.cells(row.line(), row.cells()).read());
				}
				row = next(path, parser, records);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (lines.isEmpty()) {
			throw new PriceFileException(path,
					"has no prices; below the line %s write one line for each, or take the file away to keep the prices"
						.formatted(String.join(",", PriceColumn.titles())) + " that were loaded last");
		}
		PriceRules rules = new PriceRules(path, types);
		rules.check(lines);
		return new PriceFile(path, lines);
	}

	private static @Nullable PriceRow next(Path path, CSVParser parser, Iterator<CSVRecord> records) {
		while (true) {
			long line = parser.getCurrentLineNumber() + 1;
			try {
				if (!records.hasNext()) {
					return null;
				}
				List<String> cells = records.next().stream().map((cell) -> Objects.toString(cell, "").strip()).toList();
				if (cells.size() > 1 || !cells.get(0).isEmpty()) {
					return new PriceRow(line, cells);
				}
			}
			catch (UncheckedIOException ex) {
				throw new PriceFileException(path, line,
						"is not CSV; a quote inside a quoted value is written twice, and each quoted value is closed");
			}
		}
	}

	/** The cells of a line. */
	private record PriceRow(long line, List<String> cells) {
	}

}
