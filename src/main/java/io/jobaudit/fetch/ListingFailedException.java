package io.jobaudit.fetch;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;

/** The account's jobs cannot be listed, although the API answers. */
public class ListingFailedException extends AuditException {

	private static final long serialVersionUID = 1L;

	ListingFailedException(String message) {
		super(ExitStatus.UNAVAILABLE, message);
	}

}
