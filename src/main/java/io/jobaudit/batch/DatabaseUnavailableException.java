package io.jobaudit.batch;

/** The database became unavailable during a run; the run waits for it. */
final class DatabaseUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DatabaseUnavailableException(Throwable cause) {
		super(rootMessage(cause), cause);
	}

	private static String rootMessage(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return String.valueOf(root.getMessage());
	}

}
