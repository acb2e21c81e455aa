package io.jobaudit.upkeep;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;

/** Nothing was purged: the role may not, or another purge is running. */
public class PurgeRefusedException extends AuditException {

	private static final long serialVersionUID = 1L;

	PurgeRefusedException(ExitStatus status, String message) {
		super(status, message);
	}

}
