package io.jobaudit.ids;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/** The database that ids are queried of: read only, a page of rows at a time. */
final class IdsDatabase {

	private final IdsProperties.Datasource properties;

	private final Supplier<DataSource> ours;

	/**
	 * A database.
	 * @param ours asked when no other is configured
	 */
	IdsDatabase(IdsProperties.Datasource properties, Supplier<DataSource> ours) {
		this.properties = properties;
		this.ours = ours;
	}

	/**
	 * A connection that cannot write.
	 * @throws IdsDatabaseException when the settings are wrong
	 */
	Connection connect() throws SQLException {
		Connection connection = open();
		connection.setReadOnly(true);
		connection.setAutoCommit(false);
		// PostgreSQL takes the first for the transaction to come; MariaDB and MySQL want
		// to be told.
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
			throw new IdsDatabaseException("audit.ids.datasource.url is no URL that its driver takes");
		}
		return connection;
	}

	/** MariaDB's driver speaks to MySQL under its own name only. */
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
			throw new IdsDatabaseException(
					"audit.ids.datasource.url has no driver here: it begins with %s, and jdbc:postgresql:, jdbc:mariadb: and audit.ids.datasource.driver-jar are taken"
						.formatted(url.replaceFirst("^(jdbc:[a-z0-9]+:|.{0,8}).*", "$1")));
		}
	}

	/**
	 * The loader lives as long as the process: drivers load classes when they need them.
	 */
	private static Driver driver(String url, Path jar) throws SQLException {
		if (!Files.isReadable(jar)) {
			throw new IdsDatabaseException(
					"audit.ids.datasource.driver-jar is a jar, but there is no file " + jar.toAbsolutePath());
		}
		for (Driver driver : ServiceLoader.load(Driver.class, loader(jar))) {
			if (driver.acceptsURL(url)) {
				return driver;
			}
		}
		throw new IdsDatabaseException(
				"audit.ids.datasource.driver-jar, %s, has no driver for audit.ids.datasource.url".formatted(jar));
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
