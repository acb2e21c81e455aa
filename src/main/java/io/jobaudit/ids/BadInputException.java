package io.jobaudit.ids;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;

/**
 * The input as a whole cannot be used; the message says what was expected, what was
 * found, and where.
 */
public class BadInputException extends AuditException {

	private static final long serialVersionUID = 1L;

	public BadInputException(String message) {
		super(ExitStatus.INPUT, message);
	}

	BadInputException(String message, Throwable cause) {
		super(ExitStatus.INPUT, message, cause);
	}

}
