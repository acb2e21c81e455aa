package io.jobaudit.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.jobaudit.AuditException;
import io.jobaudit.ConfigurationException;
import io.jobaudit.ExitStatus;
import io.jobaudit.FailureReason;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/** What a database must offer before anything is written to it. */
public final class DatabaseRequirements {

	private static final String NO_SESSION = "the database is reached through a pooler in transaction mode, such as"
			+ " PgBouncer with pool_mode=transaction, but the lock of a run needs a session;"
			+ " use pool_mode=session, or connect to the server directly";

	/** SQL_ASCII stores the bytes of UTF-8 as they are. */
	private static final Set<String> ENCODINGS = Set.of("UTF8", "SQL_ASCII");

	private DatabaseRequirements() {
	}

	/**
	 * Checks the database.
	 * @param dataSource gives at least two connections
	 * @throws ConfigurationException when it lacks something
	 * @throws UnavailableDatabaseException when it is unavailable; names host and port
	 * @throws DataAccessException when it refuses
	 */
	public static void check(DataSource dataSource) {
		try {
			checkConnected(dataSource);
		}
		catch (SQLException ex) {
			if (FailureStatus.isOutage(ex)) {
				throw new UnavailableDatabaseException(dataSource, ex);
			}
			throw new DataAccessResourceFailureException("the database cannot be checked", ex);
		}
	}

	private static void checkConnected(DataSource dataSource) throws SQLException {
		try (Connection first = dataSource.getConnection(); Connection second = dataSource.getConnection()) {
			String encoding = ask(first, "select current_setting(?)", "server_encoding");
			if (!ENCODINGS.contains(encoding)) {
				throw new ConfigurationException(
						"the database has the encoding %s, which cannot store every job; create one with encoding 'UTF8'"
							.formatted(encoding));
			}
			requireSessions(first, second);
		}
	}

	/** In a session, a setting stays, and two connections have two server processes. */
	private static void requireSessions(Connection first, Connection second) throws SQLException {
		String token = UUID.randomUUID().toString();
		ask(first, "select set_config('job_audit.session', ?, false)", token);
		for (int round = 0; round < 3; round++) {
			String kept = ask(first, "select coalesce(current_setting(?, true), '')", "job_audit.session");
			String others = ask(second, "select coalesce(current_setting(?, true), '')", "job_audit.session");
			if (!kept.equals(token) || others.equals(token)) {
				throw new ConfigurationException(NO_SESSION);
			}
		}
		ask(first, "select set_config('job_audit.session', ?, false)", "");
	}

	private static String ask(Connection connection, String sql, String parameter) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, parameter);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getString(1);
			}
		}
	}

	/** No connection, or none that works. */
	public static class UnavailableDatabaseException extends AuditException {

		private static final long serialVersionUID = 1L;

		UnavailableDatabaseException(DataSource dataSource, SQLException cause) {
			super(ExitStatus.UNAVAILABLE,
					"cannot connect to the database%s: %s".formatted(
							(dataSource instanceof HikariDataSource pool)
									? " at " + DatabaseUrl.address(pool.getJdbcUrl()) : "",
							FailureReason.of(NestedExceptionUtils.getMostSpecificCause(cause))),
					cause);
		}

	}

}
