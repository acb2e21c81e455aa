package io.jobaudit.billing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

import io.jobaudit.FailureReason;
import io.jobaudit.billing.PriceCells.PriceColumn;
import io.jobaudit.csv.CsvException;
import io.jobaudit.csv.CsvTable;
import org.jspecify.annotations.Nullable;

/**
 * The price file: CSV with columns in any order, one line per job type and validity.
 *
 * @param path where it is
 * @param lines its known prices, in order
 */
record PriceFile(Path path, List<PriceLine> lines) {

	PriceFile {
		lines = List.copyOf(lines);
	}

	/**
	 * Reads the file.
	 * @param types job types that it may name besides the documented ones
	 * @param storedTypes supplies those of stored jobs, which it may name too; null to
	 * take any type
	 * @throws PriceFileException at the first fault
	 */
	static PriceFile read(Path path, List<String> types, @Nullable Supplier<List<String>> storedTypes) {
		List<PriceLine> lines = readLines(path);
		if (lines.isEmpty()) {
			throw new PriceFileException(path,
					"no prices; write one line per price below the line %s, or remove the file to keep the prices that are loaded"
						.formatted(table(path).header()));
		}
		new PriceRules(path, types, storedTypes).check(lines);
		return new PriceFile(path, lines.stream().filter((line) -> line.price().isKnown()).toList());
	}

	private static List<PriceLine> readLines(Path path) {
		try {
			return table(path).read(Files.newInputStream(path))
				.stream()
				.map((row) -> new PriceCells(path, row).read())
				.toList();
		}
		catch (CsvException ex) {
			throw new PriceFileException(ex);
		}
		catch (IOException ex) {
			throw new PriceFileException(path,
					"the file cannot be read: %s; let this user read it".formatted(FailureReason.ofFile(ex)), ex);
		}
	}

	private static CsvTable table(Path path) {
		return new CsvTable(PriceFileException.name(path), PriceColumn.titles());
	}

	/**
	 * A line of the price file.
	 *
	 * @param number its number, from 1
	 * @param price its price
	 */
	record PriceLine(long number, Price price) {
	}

}
