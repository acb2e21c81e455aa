package io.jobaudit.ids;

/**
 * The input as a whole cannot be used; the message says what was expected, what was
 * found, and where.
 */
public class BadInputException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public BadInputException(String message) {
		super(message);
	}

	BadInputException(String message, Throwable cause) {
		super(message, cause);
	}

}
