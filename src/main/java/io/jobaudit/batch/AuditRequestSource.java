package io.jobaudit.batch;

import java.sql.SQLException;

/** Makes the request of a run; that it cannot be made is the run's failure. */
@FunctionalInterface
public interface AuditRequestSource {

	/**
	 * Makes it.
	 * @throws SQLException when the ids' database is out of reach
	 * @throws io.jobaudit.ids.BadInputException when there are no such ids
	 */
	AuditRequest make() throws SQLException;

}
