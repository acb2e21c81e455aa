package io.jobaudit.csv;

import java.io.IOException;

/** A file is not CSV in UTF-8; the message names its line and the fix. */
public final class CsvException extends IOException {

	private static final long serialVersionUID = 1L;

	CsvException(String file, long line, String fault) {
		super(message(file, line, fault));
	}

	CsvException(String file, long line, String fault, Throwable cause) {
		super(message(file, line, fault), cause);
	}

	/**
	 * A message about a line of a file.
	 * @param fault what is wrong there, and the fix
	 */
	public static String message(String file, long line, String fault) {
		return "%s, line %d: %s".formatted(file, line, fault);
	}

}
