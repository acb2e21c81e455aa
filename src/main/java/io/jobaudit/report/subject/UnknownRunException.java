package io.jobaudit.report.subject;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;

/** A run that is unknown, or whose rows are purged. */
public class UnknownRunException extends AuditException {

	private static final long serialVersionUID = 1L;

	UnknownRunException(String message) {
		super(ExitStatus.INPUT, message);
	}

}
