package io.jobaudit.billing;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;

/** A month cannot be closed or reopened; the message says why and what to do. */
public class MonthCloseException extends AuditException {

	private static final long serialVersionUID = 1L;

	MonthCloseException(String message) {
		super(ExitStatus.USAGE, message);
	}

}
