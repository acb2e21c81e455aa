package io.jobaudit.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.jobaudit.OwnServer;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server of a test's own with the roles of {@code sql/roles.sql}: roles are
 * the whole server's.
 */
final class RolesServer implements AutoCloseable {

	private static final String PASSWORD = "secret";

	private final OwnServer server;

	private RolesServer(OwnServer server) {
		this.server = server;
	}

	/** Starts the server, and makes a database for the roles. */
	static RolesServer start(Path data, String database) throws IOException, InterruptedException, SQLException {
		RolesServer server = new RolesServer(OwnServer.start(data));
		execute(server.superuser("postgres"), "create database " + database);
		execute(server.superuser(database), Files.readString(Path.of("sql/roles.sql")));
		for (String role : List.of("owner", "writer", "reader")) {
			execute(server.superuser(database), "alter role job_audit_" + role + " password '" + PASSWORD + "'");
		}
		return server;
	}

	PGSimpleDataSource superuser(String database) {
		return login("postgres", this.server.password(), database);
	}

	PGSimpleDataSource owner(String database) {
		return login("job_audit_owner", PASSWORD, database);
	}

	PGSimpleDataSource writer(String database) {
		return login("job_audit_writer", PASSWORD, database);
	}

	PGSimpleDataSource reader(String database) {
		return login("job_audit_reader", PASSWORD, database);
	}

	/** Migrates as the owner, in the way the program does when it starts. */
	void migrate(String database) {
		Flyway.configure()
			.dataSource(owner(database))
			.locations("classpath:sql/migration")
			.defaultSchema("audit")
			.schemas("audit", "batch")
			.load()
			.migrate();
	}

	@Override
	public void close() {
		this.server.close();
	}

	private PGSimpleDataSource login(String user, String password, String database) {
		PGSimpleDataSource login = new PGSimpleDataSource();
		login.setUrl(this.server.url());
		login.setDatabaseName(database);
		login.setUser(user);
		login.setPassword(password);
		return login;
	}

	private static void execute(PGSimpleDataSource database, String sql) throws SQLException {
		try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
