package io.jobaudit.billing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.jobaudit.FailureReason;
import io.jobaudit.csv.CsvException;
import io.jobaudit.csv.CsvLine;
import io.jobaudit.csv.CsvReader;
import org.jspecify.annotations.Nullable;

/**
 * The price file: CSV with columns in any order, one line per job type and validity.
 *
 * @param path where it is
 * @param lines its prices, in order
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
						.formatted(String.join(",", PriceHeader.PriceColumn.titles())));
		}
		new PriceRules(path, types, storedTypes).check(lines);
		return new PriceFile(path, lines);
	}

	private static List<PriceLine> readLines(Path path) {
		List<PriceLine> lines = new ArrayList<>();
		try (CsvReader csv = new CsvReader(PriceFileException.name(path), Files.newInputStream(path))) {
			CsvLine line = csv.next();
			if (line != null) {
				PriceHeader header = PriceHeader.of(path, line);
				for (line = csv.next(); line != null; line = csv.next()) {
					lines.add(header.cells(line).read());
				}
			}
			return lines;
		}
		catch (CsvException ex) {
			throw new PriceFileException(ex);
		}
		catch (IOException ex) {
			throw new PriceFileException(path,
					"the file cannot be read: %s; let this user read it".formatted(FailureReason.ofFile(ex)), ex);
		}
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
