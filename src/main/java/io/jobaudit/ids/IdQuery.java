package io.jobaudit.ids;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.jobaudit.AuditException;
import io.jobaudit.ConfigurationException;
import io.jobaudit.ExitStatus;
import io.jobaudit.FailureReason;
import io.jobaudit.MaskedUrl;
import io.jobaudit.csv.CsvPrinters;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Takes ids from a query: its rows are streamed into a file in one pass, so that the
 * database is released before the first API call and the input can be read twice.
 */
@Component
@EnableConfigurationProperties(IdsProperties.class)
public record IdQuery(IdsProperties.Datasource properties, IdsDatabase database) {

	/** SQLSTATEs of faults that pass, here and in drivers of other databases. */
	private static final List<String> PASSING = List.of("08", "53", "57", "58", "40", "25P03", "XX000");

	/**
	 * Error codes of MariaDB and MySQL: no right to the database, table, column or
	 * routine.
	 */
	private static final Set<Integer> MARIADB_DENIED = Set.of(1044, 1142, 1143, 1370);

	@Autowired
	IdQuery(IdsProperties properties, ObjectProvider<DataSource> ours) {
		this(properties.datasource(), new IdsDatabase(properties.datasource(), ours::getObject));
	}

	/**
	 * Runs the query of a file: its first column is the id, the others are labels.
	 * @param file one SQL statement
	 * @throws BadInputException when the file or its statement is wrong or takes too long
	 * @throws IdSourceException when the database is unavailable or rejects the login, or
	 * there is no room for the rows
	 */
	public CsvInput ask(Path file) {
		String sql = read(file);
		try (Connection connection = this.database.connect()) {
			return spool(file.toString(), sql, connection);
		}
		catch (IOException ex) {
			throw IdSourceException.unspoolable(file.toString(), ex);
		}
		catch (SQLException ex) {
			throw explained(file.toString(), ex);
		}
	}

	/**
	 * Checks that the database of the ids, if it is another than ours, has a driver.
	 * @throws ConfigurationException when it has none
	 */
	public static void requireDriver(IdsProperties properties) {
		String url = properties.datasource().url();
		if (url != null && !url.isBlank()) {
			try {
				new IdsDatabase(properties.datasource(), () -> {
					throw new IllegalStateException("another database is configured");
				}).driver(url);
			}
			catch (SQLException ex) {
				throw new ConfigurationException("audit.ids.datasource.url: " + said(ex), ex);
			}
		}
	}

	/**
	 * Connects to the database of the ids, if it is another than ours.
	 * @return where it is; empty when it is ours
	 * @throws IdSourceException when it is unavailable or rejects the login
	 */
	public Optional<String> check() {
		String url = this.properties.url();
		if (url == null || url.isBlank()) {
			return Optional.empty();
		}
		try {
			this.database.connect().close();
			return Optional.of(MaskedUrl.of(url));
		}
		catch (SQLException ex) {
			throw explained("audit.ids.datasource.url", ex);
		}
	}

	private static String read(Path file) {
		try {
			String sql = Files.readString(file).strip().replaceFirst(";\\s*$", "");
			if (sql.isBlank()) {
				throw new BadInputException(
						"%s: the file is empty; write one SQL query whose first column is the job id".formatted(file));
			}
			return sql;
		}
		catch (IOException ex) {
			throw new BadInputException("%s: the file cannot be read: %s; give a file with one SQL query"
				.formatted(file.toAbsolutePath(), FailureReason.ofFile(ex)), ex);
		}
	}

	private CsvInput spool(String source, String sql, Connection connection) throws SQLException, IOException {
		try (Statement statement = connection.createStatement()) {
			statement.setFetchSize(this.properties.fetchSize());
			statement.setQueryTimeout((int) Math.min(Integer.MAX_VALUE, this.properties.queryTimeout().toSeconds()));
			try (ResultSet rows = statement.executeQuery(sql)) {
				Path spooled = CsvInput.temporaryFile();
				String idColumn = write(rows, spooled);
				return CsvInput.spooled(source, spooled, idColumn);
			}
		}
	}

	private static String write(ResultSet rows, Path file) throws SQLException, IOException {
		ResultSetMetaData columns = rows.getMetaData();
		List<@Nullable String> cells = new ArrayList<>();
		try (CSVPrinter csv = CsvPrinters.to(file)) {
			for (int i = 1; i <= columns.getColumnCount(); i++) {
				cells.add(columns.getColumnLabel(i));
			}
			csv.printRecord(cells);
			while (rows.next()) {
				cells.clear();
				for (int i = 1; i <= columns.getColumnCount(); i++) {
					// a row of a single null would be a blank line, which is skipped
					cells.add((rows.getString(i) != null) ? rows.getString(i) : "");
				}
				csv.printRecord(cells);
			}
		}
		return columns.getColumnLabel(1);
	}

	/**
	 * A fault of the query is bad input. The rest is a fault of the database of the ids,
	 * which need not be ours.
	 */
	private AuditException explained(String source, SQLException ex) {
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		if (ex instanceof SQLTimeoutException || state.equals("57014") || state.equals("70100")) {
			return new BadInputException(("%s: the query took longer than %ds (audit.ids.datasource.query-timeout);"
					+ " raise the setting, or make the query faster")
				.formatted(source, this.properties.queryTimeout().toSeconds()), ex);
		}
		if (state.equals("25006")) {
			return new BadInputException("%s: the query writes, but must only read: %s".formatted(source, said(ex)),
					ex);
		}
		if (state.startsWith("28")) {
			return new IdSourceException(ExitStatus.PERMISSION,
					"%s: the database of the ids refuses the login: %s; check audit.ids.datasource.username and .password"
						.formatted(source, said(ex)),
					ex);
		}
		if (state.equals("42501") || MARIADB_DENIED.contains(ex.getErrorCode())) {
			return new IdSourceException(ExitStatus.PERMISSION,
					"%s: the user of audit.ids.datasource may not run the query: %s; grant it select on these tables"
						.formatted(source, said(ex)),
					ex);
		}
		if (state.startsWith("3D")) {
			return new ConfigurationException(
					"audit.ids.datasource.url: %s; name a database that exists".formatted(said(ex)), ex);
		}
		if (PASSING.stream().anyMatch(state::startsWith) || ex instanceof SQLTransientException) {
			return new IdSourceException(ExitStatus.UNAVAILABLE,
					"%s: the database of the ids does not answer: %s; no id was asked, run again when it is back"
						.formatted(source, said(ex)),
					ex);
		}
		return new BadInputException("%s: the database rejects the query: %s".formatted(source, said(ex)), ex);
	}

	private static String said(SQLException failure) {
		// The driver of PostgreSQL says that it cannot connect, and its cause to which
		// host.
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
		return (cause instanceof UnknownHostException) ? FailureReason.of(cause)
				: String.valueOf(failure.getMessage()).replaceFirst("\\s*Position: (\\d+)", " (character $1)");
	}

	/** The database that a query for ids runs on, read only. */
	record IdsDatabase(IdsProperties.Datasource properties, Supplier<DataSource> ours) {

		/**
		 * Opens a connection that cannot write.
		 * @throws ConfigurationException when the settings are wrong
		 */
		Connection connect() throws SQLException {
			Connection connection = open();
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			// PostgreSQL applies setReadOnly to the next transaction; MariaDB and MySQL
			// need
			// a statement.
			String product = connection.getMetaData().getDatabaseProductName();
			if (product.equals("MariaDB") || product.equals("MySQL")) {
				try (Statement statement = connection.createStatement()) {
					statement.execute("set session transaction read only");
				}
			}
			return connection;
		}

		private Connection open() throws SQLException {
			String url = this.properties.url();
			if (url == null || url.isBlank()) {
				return this.ours.get().getConnection();
			}
			Properties login = new Properties();
			put(login, "user", this.properties.username());
			put(login, "password", this.properties.password());
			Connection connection = driver(url).connect(known(url), login);
			if (connection == null) {
				throw new ConfigurationException(
						"audit.ids.datasource.url: the driver does not accept this URL; write it as the driver's documentation says"
								+ ", e.g. jdbc:postgresql://db.example/shop (value not shown, it may hold a password)");
			}
			return connection;
		}

		/** MariaDB's driver connects to MySQL too, but accepts its own URLs only. */
		private String known(String url) {
			return (this.properties.driverJar() == null) ? url.replaceFirst("^jdbc:mysql:", "jdbc:mariadb:") : url;
		}

		private Driver driver(String url) throws SQLException {
			Path jar = this.properties.driverJar();
			if (jar != null) {
				return driver(url, jar);
			}
			try {
				return DriverManager.getDriver(known(url));
			}
			catch (SQLException ex) {
				throw new ConfigurationException(
						("audit.ids.datasource.url starts with %s, for which no driver is included; use jdbc:postgresql: or"
								+ " jdbc:mariadb:, or name the jar of a driver in audit.ids.datasource.driver-jar")
							.formatted(url.replaceFirst("^(jdbc:[a-z0-9]+:|.{0,8}).*", "$1")));
			}
		}

		/**
		 * The class loader is never closed: drivers load classes when they need them.
		 */
		private static Driver driver(String url, Path jar) throws SQLException {
			if (!Files.isReadable(jar)) {
				throw new ConfigurationException(
						"audit.ids.datasource.driver-jar: no such file %s; name the jar of a JDBC driver"
							.formatted(jar.toAbsolutePath()));
			}
			for (Driver driver : ServiceLoader.load(Driver.class, loader(jar))) {
				if (driver.acceptsURL(url)) {
					return driver;
				}
			}
			throw new ConfigurationException(
					"audit.ids.datasource.driver-jar: %s has no driver for audit.ids.datasource.url; name the right jar"
						.formatted(jar));
		}

		private static URLClassLoader loader(Path jar) {
			try {
				return new URLClassLoader(new URL[] { jar.toUri().toURL() });
			}
			catch (MalformedURLException ex) {
				throw new IllegalStateException("a path is a URL", ex);
			}
		}

		private static void put(Properties login, String name, @Nullable String value) {
			if (value != null) {
				login.setProperty(name, value);
			}
		}

	}

}
