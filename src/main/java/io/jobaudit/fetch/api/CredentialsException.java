package io.jobaudit.fetch.api;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;

/** No credentials to sign with; the message says where they were searched. */
public class CredentialsException extends AuditException {

	private static final long serialVersionUID = 1L;

	CredentialsException(String message, Throwable cause) {
		super(ExitStatus.PERMISSION, message, cause);
	}

}
