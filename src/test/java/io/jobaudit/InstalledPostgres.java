package io.jobaudit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/**
 * A PostgreSQL server from programs of the machine, in place of the embedded one: where
 * {@code -Djob-audit.test.postgres=/usr/lib/postgresql/15/bin} names them. It is made to
 * be thrown away, and keeps nothing safe on disk.
 */
public final class InstalledPostgres {

	private static final String PROPERTY = "job-audit.test.postgres";

	private final Path data;

	private final int port;

	private InstalledPostgres(Path data, int port) {
		this.data = data;
		this.port = port;
	}

	/** The directory of the programs, if the tests are to use them. */
	public static Optional<Path> programs() {
		return Optional.ofNullable(System.getProperty(PROPERTY)).filter((path) -> !path.isBlank()).map(Path::of);
	}

	/** A new server, whose superuser {@code postgres} needs no password. */
	public static InstalledPostgres start(Path programs, Path data) throws IOException, InterruptedException {
		Path log = Files.createTempFile("job-audit-postgres-", ".log");
		InstalledPostgres server = new InstalledPostgres(data, freePort());
		int made = process(log, programs.resolve("initdb").toString(), "-D", data.toString(), "-U", "postgres", "-A",
				"trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
			.waitFor();
		if (made != 0) {
			throw new IOException(programs.resolve("initdb") + ": " + Files.readString(log));
		}
		Process process = process(log, programs.resolve("postgres").toString(), "-D", data.toString(), "-p",
				Integer.toString(server.port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
				"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c",
				"max_connections=300");
		Awaitility.await("start of " + programs.resolve("postgres") + ", see " + log)
			.atMost(60, TimeUnit.SECONDS)
			.pollInterval(50, TimeUnit.MILLISECONDS)
			.failFast(() -> !process.isAlive())
			.until(server::answers);
		Files.delete(log);
		return server;
	}

	public String url() {
		return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(this.port);
	}

	/** No client is told, nothing is put in order. */
	public void stopImmediately() throws IOException, InterruptedException {
		stopImmediately(this.data);
	}

	static void stopImmediately(Path data) throws IOException, InterruptedException {
		String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
		new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
		ProcessHandle.of(Long.parseLong(pid)).ifPresent((server) -> server.onExit().join());
	}

	private boolean answers() {
		try (Connection connection = DriverManager.getConnection(url())) {
			return connection.isValid(1);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/** PostgreSQL refuses to run as root, so there it runs in a name space of its own. */
	private static Process process(Path log, String... command) throws IOException {
		List<String> words = new ArrayList<>();
		if (System.getProperty("user.name").equals("root")) {
			words.addAll(List.of("unshare", "--user"));
		}
		words.addAll(List.of(command));
		return new ProcessBuilder(words).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
