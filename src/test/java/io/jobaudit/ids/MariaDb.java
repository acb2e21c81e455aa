package io.jobaudit.ids;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

/** A real MariaDB server with data of its own, for one test class. */
final class MariaDb implements AutoCloseable {

	static final Path SERVER = Path.of("/usr/sbin/mariadbd");

	private static final Duration LONGEST_START = Duration.ofSeconds(60);

	private final Process server;

	private final int port;

	private MariaDb(Process server, int port) {
		this.server = server;
		this.port = port;
	}

	static MariaDb start(Path directory) throws Exception {
		Path data = directory.resolve("data");
		int installed = new ProcessBuilder("mariadb-install-db", "--no-defaults", "--datadir=" + data, "--user=root",
				"--auth-root-authentication-method=normal", "--skip-test-db")
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("install.log").toFile())
			.start()
			.waitFor();
		if (installed != 0) {
			throw new IllegalStateException(Files.readString(directory.resolve("install.log")));
		}
		int port = freePort();
		Path log = directory.resolve("server.log");
		Process server = new ProcessBuilder(SERVER.toString(), "--no-defaults", "--datadir=" + data, "--user=root",
				"--port=" + port, "--bind-address=127.0.0.1", "--socket=" + directory.resolve("sock"),
				"--innodb-buffer-pool-size=16M")
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		MariaDb database = new MariaDb(server, port);
		Awaitility.await().atMost(LONGEST_START).ignoreExceptions().until(() -> {
			try (Connection connection = database.connect()) {
				return connection.isValid(1);
			}
		});
		return database;
	}

	String url() {
		return "jdbc:mariadb://127.0.0.1:" + this.port + "/";
	}

	void execute(List<String> statements) throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	private Connection connect() throws SQLException {
		return DriverManager.getConnection(url(), "root", "");
	}

	@Override
	public void close() {
		this.server.destroyForcibly();
		this.server.onExit().join();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
