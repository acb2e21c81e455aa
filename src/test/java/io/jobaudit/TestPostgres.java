package io.jobaudit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * One real PostgreSQL for all tests of a JVM, and a fresh database in it for whoever
 * asks: {@code TEST_DATABASE_URL} if set (a role that may create databases), else the
 * programs of {@link InstalledPostgres} if named, else Testcontainers where a Docker
 * engine answers, else an embedded server.
 */
public final class TestPostgres {

	private static final Logger LOG = LoggerFactory.getLogger(TestPostgres.class);

	private static final AtomicInteger COUNT = new AtomicInteger();

	private static final String BASE_URL = start();

	private static final int MOST_CONNECTED = 16;

	private static final Map<String, SingleConnectionDataSource> CONNECTED = Collections
		.synchronizedMap(new LinkedHashMap<>(MOST_CONNECTED, 1, true) {

			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, SingleConnectionDataSource> eldest) {
				if (size() <= MOST_CONNECTED) {
					return false;
				}
				eldest.getValue().close();
				return true;
			}
		});

	private TestPostgres() {
	}

	/**
	 * A new, empty database of its own; its session time zone is unlike the JVM's on
	 * purpose.
	 */
	public static PGSimpleDataSource emptyDatabase() {
		return database("create database %s");
	}

	/** A new database with the tables of {@code sql/migration}. */
	public static PGSimpleDataSource migratedDatabase() {
		return database("create database %s template " + Migrated.NAME);
	}

	/** A new database with the rows of another one, to which nobody is connected. */
	public static PGSimpleDataSource copyOf(PGSimpleDataSource database) {
		return database("create database %s template " + database.getDatabaseName());
	}

	/**
	 * One that keeps its connection, as long as few other databases are used: to connect
	 * takes longer than most statements of a test. For one thread.
	 */
	public static DataSource connected(PGSimpleDataSource database) {
		return CONNECTED.computeIfAbsent(String.valueOf(database.getDatabaseName()), (name) -> {
			try {
				return new SingleConnectionDataSource(database.getConnection(), true);
			}
			catch (SQLException ex) {
				throw new IllegalStateException("cannot connect to " + database.getURL(), ex);
			}
		});
	}

	private static PGSimpleDataSource database(String create) {
		String name = name(COUNT.incrementAndGet());
		try (Connection connection = DriverManager.getConnection(BASE_URL);
				Statement statement = connection.createStatement()) {
			statement.execute(create.formatted(name));
			statement.execute("alter database " + name + " set timezone to 'Pacific/Marquesas'");
		}
		catch (SQLException ex) {
			throw new IllegalStateException("cannot create a database for tests in " + BASE_URL, ex);
		}
		PGSimpleDataSource database = new PGSimpleDataSource();
		database.setUrl(BASE_URL);
		database.setDatabaseName(name);
		database.setReWriteBatchedInserts(true);
		return database;
	}

	/** Migrated once; a copy takes a tenth of the time. */
	private static final class Migrated {

		private static final String NAME = migrated();

		private static String migrated() {
			PGSimpleDataSource database = emptyDatabase();
			Flyway.configure()
				.dataSource(database)
				.locations("classpath:sql/migration")
				.schemas("audit", "batch")
				.load()
				.migrate();
			return String.valueOf(database.getDatabaseName());
		}

	}

	/** A server that is not ours is left as it was. */
	private static void dropDatabases() {
		try (Connection connection = DriverManager.getConnection(BASE_URL);
				Statement statement = connection.createStatement()) {
			for (int i = 1; i <= COUNT.get(); i++) {
				statement.execute("drop database if exists " + name(i) + " with (force)");
			}
		}
		catch (SQLException ex) {
			LOG.warn("Databases of this test run are left behind in TEST_DATABASE_URL", ex);
		}
	}

	/**
	 * The library's own way keeps the data of dozens of databases before it deletes it.
	 */
	private static void throwAway(Path data) {
		try {
			InstalledPostgres.stopImmediately(data);
			FileSystemUtils.deleteRecursively(data);
		}
		catch (IOException ex) {
			LOG.warn("The tests' PostgreSQL is left behind in {}", data, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String name(int number) {
		return "test_%d_%d".formatted(ProcessHandle.current().pid(), number);
	}

	private static String start() {
		String url = System.getenv("TEST_DATABASE_URL");
		if (url != null && !url.isBlank()) {
			LOG.info("PostgreSQL for tests: TEST_DATABASE_URL");
			Runtime.getRuntime().addShutdownHook(new Thread(TestPostgres::dropDatabases));
			return url;
		}
		Optional<Path> programs = InstalledPostgres.programs();
		if (programs.isPresent()) {
			return startInstalled(programs.get());
		}
		if (DockerClientFactory.instance().isDockerAvailable()) {
			return startContainer();
		}
		return startEmbedded();
	}

	private static String startInstalled(Path programs) {
		try {
			Path data = Files.createTempDirectory("job-audit-tests-");
			InstalledPostgres installed = InstalledPostgres.start(programs, data);
			Runtime.getRuntime().addShutdownHook(new Thread(() -> throwAway(data)));
			LOG.info("PostgreSQL for tests: {}", programs);
			return installed.url();
		}
		catch (IOException ex) {
			throw new IllegalStateException("the PostgreSQL for tests in " + programs + " does not start", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@SuppressWarnings("resource") // lives as long as the JVM
	private static String startContainer() {
		PostgreSQLContainer container = new PostgreSQLContainer("postgres:17-alpine");
		container.start();
		Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
		LOG.info("PostgreSQL for tests: Testcontainers, {}", container.getDockerImageName());
		return container.getJdbcUrl() + "&user=" + container.getUsername() + "&password=" + container.getPassword();
	}

	@SuppressWarnings("resource") // lives as long as the JVM
	private static String startEmbedded() {
		try {
			Path data = Files.createTempDirectory("job-audit-tests-");
			EmbeddedPostgres embedded = EmbeddedPostgres.builder()
				.setDataDirectory(data)
				.setRegisterShutdownHook(false)
				.start();
			Runtime.getRuntime().addShutdownHook(new Thread(() -> throwAway(data)));
			LOG.info("PostgreSQL for tests: embedded, port {}", embedded.getPort());
			return embedded.getJdbcUrl("postgres", "postgres");
		}
		catch (IOException ex) {
			throw new IllegalStateException("embedded PostgreSQL for tests does not start", ex);
		}
	}

}
