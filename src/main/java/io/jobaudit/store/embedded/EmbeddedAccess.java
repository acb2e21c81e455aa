package io.jobaudit.store.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

import io.jobaudit.store.embedded.EmbeddedDatabase.EmbeddedDatabaseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may connect to the embedded server: who can read its password file. */
public record EmbeddedAccess(EmbeddedFiles files) {

	public static final String USER = "postgres";

	private static final Logger LOG = LoggerFactory.getLogger(EmbeddedAccess.class);

	private static final String BY_PASSWORD = "host all all 127.0.0.1/32 scram-sha-256\n";

	/** As earlier releases wrote it; used only until the password is set. */
	private static final String OPEN = "host all all 127.0.0.1/32 trust\n";

	/** A role's password cannot be a parameter, a setting's value can. */
	private static final String SET_PASSWORD = """
			do $$ begin
			  execute format('alter role %I password %L', current_user, current_setting('embedded.password'));
			end $$
			""";

	void prepare() throws IOException {
		if (!this.files.isInitialized() && !this.files.hasPassword()) {
			this.files.writePassword(randomPassword());
		}
	}

	/** Writes the rules for connections, which the server reads when it starts. */
	void restrict() throws IOException {
		this.files.writeRules(this.files.hasPassword() ? BY_PASSWORD : OPEN);
	}

	/** Sets a password if there is none: after an earlier release, or when it is lost. */
	void secure() throws IOException {
		if (this.files.hasPassword()) {
			return;
		}
		String password = randomPassword();
		try (Connection connection = connect()) {
			setPassword(connection, password);
			this.files.writePassword(password);
			restrict();
			reload(connection);
			LOG.info("The embedded PostgreSQL now requires the password in {}", this.files.passwordFile());
		}
		catch (SQLException ex) {
			throw new IOException("its password cannot be set: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Whether the server accepts connections.
	 * @throws EmbeddedDatabaseException when it does, but not with our password
	 */
	boolean isAnswered() throws IOException {
		try (Connection connection = connect()) {
			return connection.isValid(1);
		}
		catch (SQLException ex) {
			if ("28P01".equals(ex.getSQLState())) {
				Path file = this.files.passwordFile();
				throw new EmbeddedDatabaseException("the embedded PostgreSQL rejects the password in " + file
						+ "; delete the file, and the next start sets a new password", ex);
			}
			LOG.debug("The embedded PostgreSQL is not ready", ex);
			return false;
		}
	}

	String url() throws IOException {
		return "jdbc:postgresql://127.0.0.1:" + this.files.port() + "/postgres";
	}

	private Connection connect() throws IOException, SQLException {
		return DriverManager.getConnection(url(), USER, this.files.password());
	}

	private static void reload(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("select pg_reload_conf()");
		}
	}

	private static void setPassword(Connection connection, String password) throws SQLException {
		try (PreparedStatement setting = connection
			.prepareStatement("select set_config('embedded.password', ?, false)");
				Statement statement = connection.createStatement()) {
			setting.setString(1, password);
			setting.execute();
			statement.execute(SET_PASSWORD);
		}
	}

	private static String randomPassword() {
		byte[] bytes = new byte[32];
		new SecureRandom().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
