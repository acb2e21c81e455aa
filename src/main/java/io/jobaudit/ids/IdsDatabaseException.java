package io.jobaudit.ids;

import io.jobaudit.ConfigurationException;

/** The settings of the database that ids are queried of are wrong. */
public class IdsDatabaseException extends ConfigurationException {

	private static final long serialVersionUID = 1L;

	IdsDatabaseException(String message) {
		super(message);
	}

}
