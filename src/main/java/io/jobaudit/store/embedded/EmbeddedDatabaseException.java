package io.jobaudit.store.embedded;

/** The embedded PostgreSQL does not start; the message says why and what to do. */
public class EmbeddedDatabaseException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	EmbeddedDatabaseException(String message, Throwable cause) {
		super(message, cause);
	}

}
