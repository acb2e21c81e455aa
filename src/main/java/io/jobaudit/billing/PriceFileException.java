package io.jobaudit.billing;

import java.io.IOException;
import java.nio.file.Path;

import io.jobaudit.ConfigurationException;
import io.jobaudit.csv.CsvException;

/**
 * The price file has a fault, or would change a price of a closed month; the message
 * names the line, the value and the fix. None of its prices is loaded.
 */
public class PriceFileException extends ConfigurationException {

	private static final long serialVersionUID = 1L;

	PriceFileException(Path file, String problem) {
		super(name(file) + ": " + problem);
	}

	PriceFileException(Path file, long line, String problem) {
		super(CsvException.message(name(file), line, problem));
	}

	PriceFileException(CsvException cause) {
		super(String.valueOf(cause.getMessage()), cause);
	}

	PriceFileException(Path file, String problem, IOException cause) {
		super(name(file) + ": " + problem, cause);
	}

	static String name(Path file) {
		return "price file " + file;
	}

}
