package io.jobaudit.fetch.api;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;

/** There are no credentials to sign with; the message says where they were looked for. */
public class CredentialsException extends AuditException {

	private static final long serialVersionUID = 1L;

	CredentialsException(String message, Throwable cause) {
		super(ExitStatus.PERMISSION, message, cause);
	}

}
