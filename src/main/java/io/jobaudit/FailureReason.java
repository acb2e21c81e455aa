package io.jobaudit;

import java.net.UnknownHostException;
import java.nio.file.FileSystemException;

/** Why something failed, in one line for an operator. */
public final class FailureReason {

	private FailureReason() {
	}

	/**
	 * The message of a failure; words are added if it is only a name, and PostgreSQL's
	 * position in a statement is left out.
	 */
	public static String of(Throwable failure) {
		String message = String.valueOf(failure.getMessage())
			.strip()
			.replaceAll("\\s*\\R\\s*", " ")
			.replaceFirst(" Position: \\d+$", "");
		if (failure instanceof UnknownHostException) {
			return "unknown host " + message;
		}
		if (failure instanceof FileSystemException file) {
			return FileFailure.reason(file) + ": " + file.getFile();
		}
		return (failure.getMessage() != null) ? message : failure.getClass().getSimpleName();
	}

}
