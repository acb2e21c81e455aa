package io.jobaudit.batch;

/** The database went away while a run was under way: to be waited for. */
final class DatabaseAwayException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DatabaseAwayException(Throwable cause) {
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
