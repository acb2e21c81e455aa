package io.jobaudit.billing;

import java.nio.file.Path;

import io.jobaudit.ConfigurationException;

/**
 * The price file is not what it must be, or may not be what it is: says where, what was
 * found and what mends it. None of its prices is loaded.
 */
public class PriceFileException extends ConfigurationException {

	private static final long serialVersionUID = 1L;

	PriceFileException(Path file, String problem) {
		super("the price file " + file + " " + problem);
	}

	PriceFileException(Path file, String problem, Throwable cause) {
		super("the price file " + file + " " + problem, cause);
	}

	PriceFileException(Path file, long line, String problem) {
		super("the price file %s, line %d: %s".formatted(file, line, problem));
	}

}
