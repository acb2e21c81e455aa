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

import io.jobaudit.ConfigurationException;
import org.jspecify.annotations.Nullable;

/** The database that a query for ids runs on, read only. */
final class IdsDatabase {

	private final IdsProperties.Datasource properties;

	private final Supplier<DataSource> ours;

	/**
	 * Creates the database.
	 * @param ours the application's own, used when no other is configured
	 */
	IdsDatabase(IdsProperties.Datasource properties, Supplier<DataSource> ours) {
		this.properties = properties;
		this.ours = ours;
	}

	/**
	 * Opens a connection that cannot write.
	 * @throws ConfigurationException when the settings are wrong
	 */
	Connection connect() throws SQLException {
		Connection connection = open();
		connection.setReadOnly(true);
		connection.setAutoCommit(false);
		// PostgreSQL applies setReadOnly to the next transaction; MariaDB and MySQL need
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
