package io.jobaudit.ids;

import java.io.IOException;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.FailureReason;

/** The input as a whole cannot be used; the message says what is wrong and the fix. */
public class BadInputException extends AuditException {

	private static final long serialVersionUID = 1L;

	public BadInputException(String message) {
		super(ExitStatus.INPUT, message);
	}

	BadInputException(String message, Throwable cause) {
		super(ExitStatus.INPUT, message, cause);
	}

	static BadInputException unreadable(String file, IOException cause) {
		return new BadInputException(
				"%s: the file cannot be read: %s; let this user read it".formatted(file, FailureReason.ofFile(cause)),
				cause);
	}

}
