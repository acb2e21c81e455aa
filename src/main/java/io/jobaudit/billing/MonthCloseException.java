package io.jobaudit.billing;

/** A month cannot be closed or reopened as it was asked for; the message says why. */
public class MonthCloseException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MonthCloseException(String message) {
		super(message);
	}

}
