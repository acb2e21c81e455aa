package io.jobaudit.store.embedded;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;

/** The embedded PostgreSQL does not start; the message says why and what to do. */
public class EmbeddedDatabaseException extends AuditException {

	private static final long serialVersionUID = 1L;

	EmbeddedDatabaseException(String message, Throwable cause) {
		super(ExitStatus.UNAVAILABLE, message, cause);
	}

}
