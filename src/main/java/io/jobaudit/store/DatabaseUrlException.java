package io.jobaudit.store;

/**
 * The database's URL is not PostgreSQL's; it is not shown, because it may hold a
 * password.
 */
public class DatabaseUrlException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DatabaseUrlException() {
		super("spring.datasource.url begins with jdbc:postgresql: as in jdbc:postgresql://db.example/audit, but this does not");
	}

}
