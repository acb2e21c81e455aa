package io.jobaudit.report;

/** There is no such run. */
public class UnknownRunException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnknownRunException(String run) {
		super("the database has no run %s; name one that it has".formatted(run));
	}

}
