package io.jobaudit.store;

import java.io.FileNotFoundException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.TransactionSystemException;

/**
 * Which exit status a failure ends with, its own or that of its SQLSTATE; and whether it
 * is an outage of the database.
 */
public final class FailureStatus {

	/**
	 * SQLSTATEs of failures that pass: 08 connection, 53 resources (disk full, too many
	 * connections), 57P server stopping or starting, 57014 time-out, 58 operating system,
	 * 25P03 idle time-out, 25006 read-only as after a failover, 40 rolled back because of
	 * others, XX000 what the server has no state for, such as a file-size limit.
	 */
	private static final List<String> STATES = List.of("08", "53", "57P", "57014", "58", "25P03", "25006", "40",
			"XX000");

	/** How messages of the driver begin that have no state of their own. */
	private static final List<String> ENCRYPTION = List.of("Invalid sslmode", "The server does not support SSL",
			"The hostname ");

	private FailureStatus() {
	}

	/**
	 * The status of a failure: {@link ExitStatus#UNAVAILABLE} when the database is
	 * unavailable, else that of the first cause that has one, else
	 * {@link ExitStatus#INTERNAL}.
	 */
	public static ExitStatus of(Throwable failure) {
		if (isEncryptionMisconfigured(failure) || isOutOfMemory(failure)) {
			return ExitStatus.CONFIGURATION;
		}
		if (isOutage(failure)) {
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

	/**
	 * Whether the driver cannot encrypt its connection as the URL says: an unknown
	 * sslmode, a missing file, a certificate that it does not trust, the wrong host.
	 * Waiting does not help.
	 */
	public static boolean isEncryptionMisconfigured(Throwable failure) {
		boolean ofDriver = false;
		for (Throwable cause = failure; cause != null && !(cause instanceof AuditException); cause = cause.getCause()) {
			ofDriver |= cause instanceof SQLException;
			if (ofDriver && (cause instanceof FileNotFoundException || cause instanceof GeneralSecurityException
					|| ENCRYPTION.stream().anyMatch(String.valueOf(cause.getMessage())::startsWith))) {
				return true;
			}
		}
		return false;
	}

	/** The driver takes it for a failure of the server, which would pass. */
	private static boolean isOutOfMemory(Throwable failure) {
		return NestedExceptionUtils.getMostSpecificCause(failure) instanceof OutOfMemoryError;
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

	/**
	 * Whether the first cause from the driver or pool says that the database is
	 * unavailable. What is below a failure with a status of its own does not count.
	 */
	public static boolean isOutage(Throwable failure) {
		if (isEncryptionMisconfigured(failure) || isOutOfMemory(failure)) {
			return false;
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof AuditException) {
				// Already judged, perhaps of another database.
				return false;
			}
			if (cause instanceof SQLException sql && isOutageState(sql)) {
				return true;
			}
			// A failed rollback hides why there was one.
			Throwable hidden = (cause instanceof TransactionSystemException ex) ? ex.getOriginalException() : null;
			if (hidden != null && isOutage(hidden)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOutageState(SQLException failure) {
		String state = (failure.getSQLState() != null) ? failure.getSQLState() : "";
		if (state.isEmpty() && "Connection is closed".equals(failure.getMessage())) {
			return true;
		}
		// The pool's own time-out has no state and, when no connection was tried
		// meanwhile, no cause.
		return STATES.stream().anyMatch(state::startsWith)
				|| (failure instanceof SQLTransientConnectionException && failure.getCause() == null);
	}

}
