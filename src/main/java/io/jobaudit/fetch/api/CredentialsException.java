package io.jobaudit.fetch.api;

/** There are no credentials to sign with; the message says where they were looked for. */
public class CredentialsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	CredentialsException(String message, Throwable cause) {
		super(message, cause);
	}

}
