package io.jobaudit.store;

import java.sql.SQLException;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;

/** Which exit status a failure ends with: its own, or that of its SQLSTATE. */
public final class FailureStatus {

	private FailureStatus() {
	}

	/**
	 * The status of a failure: {@link ExitStatus#UNAVAILABLE} when the database is
	 * unavailable, else that of the first cause that has one, else
	 * {@link ExitStatus#INTERNAL}.
	 */
	public static ExitStatus of(Throwable failure) {
		if (DatabaseOutage.isCauseOf(failure)) {
			return ExitStatus.UNAVAILABLE;
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			ExitStatus status = ofOne(cause);
			if (status != ExitStatus.INTERNAL) {
				return status;
			}
		}
		return ExitStatus.INTERNAL;
	}

	private static ExitStatus ofOne(Throwable failure) {
		if (failure instanceof AuditException ours) {
			return ours.status();
		}
		return (failure instanceof SQLException sql) ? ofSql(sql) : ExitStatus.INTERNAL;
	}

	/**
	 * By SQLSTATE class: 28 and 42501 are rights, 3D is a database that does not exist.
	 */
	private static ExitStatus ofSql(SQLException failure) {
		String state = (failure.getSQLState() != null) ? failure.getSQLState() : "";
		if (state.startsWith("28") || state.equals("42501")) {
			return ExitStatus.PERMISSION;
		}
		return state.startsWith("3D") ? ExitStatus.CONFIGURATION : ExitStatus.INTERNAL;
	}

}
