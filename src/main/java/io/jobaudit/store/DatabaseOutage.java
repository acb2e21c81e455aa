package io.jobaudit.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;

import org.springframework.transaction.TransactionSystemException;

/** Distinguishes an unavailable database from one that rejects a statement. */
public final class DatabaseOutage {

	/**
	 * SQLSTATEs of failures that pass: 08 connection, 53 resources (disk full, too many
	 * connections), 57P server stopping or starting, 57014 time-out, 58 operating system,
	 * 25P03 idle time-out, 25006 read-only as after a failover, 40 rolled back because of
	 * others, XX000 what the server has no state for, such as a file-size limit.
	 */
	private static final List<String> STATES = List.of("08", "53", "57P", "57014", "58", "25P03", "25006", "40",
			"XX000");

	private DatabaseOutage() {
	}

	/**
	 * Whether a failure is due to an unavailable database, judged by the first cause that
	 * is the driver's or the pool's.
	 */
	public static boolean isCauseOf(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sql && isOutage(sql)) {
				return true;
			}
			// A failed rollback hides why there was one.
			Throwable hidden = (cause instanceof TransactionSystemException ex) ? ex.getOriginalException() : null;
			if (hidden != null && isCauseOf(hidden)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOutage(SQLException failure) {
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
