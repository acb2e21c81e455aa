package io.jobaudit.ids;

/** The settings of the database that ids are queried of are wrong. */
public class IdsDatabaseException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	IdsDatabaseException(String message) {
		super(message);
	}

}
