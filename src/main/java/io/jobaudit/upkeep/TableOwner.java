package io.jobaudit.upkeep;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Only the owner of the tables may delete or erase what is stored. */
final class TableOwner {

	private TableOwner() {
	}

	/**
	 * Refuses any other role.
	 * @param work what is to be done, as the beginning of a sentence
	 */
	static void require(JdbcClient jdbc, String work) {
		if (!jdbc.sql("select has_schema_privilege('audit', 'create')").query(Boolean.class).single()) {
			throw new NotTheOwnerException(work, jdbc.sql("select current_user").query(String.class).single());
		}
	}

	/** Nothing was done: the role may not. */
	private static final class NotTheOwnerException extends AuditException {

		private static final long serialVersionUID = 1L;

		NotTheOwnerException(String work, String role) {
			super(ExitStatus.PERMISSION,
					"%s, which %s may not; run it as the owner of the tables, job_audit_owner (SPRING_DATASOURCE_USERNAME)"
						.formatted(work, role));
		}

	}

}
