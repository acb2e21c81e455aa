package io.jobaudit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A real PostgreSQL of a test's own, to be stopped and started again, with a tablespace
 * on a disk that is soon full.
 */
final class OwnPostgres implements AutoCloseable {

	/**
	 * The server refuses to run as root, so it runs as nobody in a user name space; a
	 * mount of its own needs one more.
	 */
	private static final List<String> IN_NAME_SPACES = List.of("unshare", "--map-root-user", "--mount", "sh", "-c",
			"mount -t tmpfs -o size=32m tmpfs \"$0\" && exec unshare --user \"$@\"");

	private final Path directory;

	private final int port;

	private final String program;

	private OwnPostgres(Path directory, int port, String program) {
		this.directory = directory;
		this.port = port;
		this.program = program;
	}

	/** A new server with its data in a directory. */
	static OwnPostgres start(Path directory) throws IOException, InterruptedException {
		int port = freePort();
		Path data = directory.resolve("postgres");
		@SuppressWarnings("resource") // stopped by its process id
		EmbeddedPostgres first = EmbeddedPostgres.builder()
			.setDataDirectory(data)
			.setCleanDataDirectory(false)
			.setPort(port)
			.setRegisterShutdownHook(false)
			.start();
		String program = server(data).info().command().orElseThrow();
		OwnPostgres postgres = new OwnPostgres(directory, first.getPort(), program);
		Files.createDirectory(postgres.smallDisk());
		postgres.stopImmediately();
		postgres.start();
		return postgres;
	}

	/** Starts the server again, on the same data and port. */
	void start() throws IOException {
		List<String> command = new ArrayList<>(IN_NAME_SPACES);
		command.addAll(List.of(smallDisk().toString(), this.program, "-D", data().toString(), "-p",
				Integer.toString(this.port), "-c", "unix_socket_directories=", "-c", "listen_addresses=127.0.0.1"));
		new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.directory.resolve("postgres.log").toFile()))
			.start();
		Awaitility.await()
			.atMost(30, TimeUnit.SECONDS)
			.ignoreExceptions()
			.until(() -> jdbc().sql("select 1").query(Integer.class).single() == 1);
	}

	/**
	 * As {@code pg_ctl stop -m immediate}: no client is told, nothing is put in order.
	 */
	void stopImmediately() throws IOException, InterruptedException {
		ProcessHandle server = server(data());
		new ProcessBuilder("kill", "-QUIT", Long.toString(server.pid())).inheritIO().start().waitFor();
		Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> !server.isAlive());
	}

	/** Where a tablespace can be made that takes 32 MB. */
	Path smallDisk() {
		return this.directory.resolve("small-disk");
	}

	PGSimpleDataSource database() {
		PGSimpleDataSource database = new PGSimpleDataSource();
		database.setServerNames(new String[] { "127.0.0.1" });
		database.setPortNumbers(new int[] { this.port });
		database.setDatabaseName("postgres");
		database.setUser("postgres");
		return database;
	}

	JdbcClient jdbc() {
		return JdbcClient.create(database());
	}

	@Override
	public void close() {
		try {
			stopImmediately();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Path data() {
		return this.directory.resolve("postgres");
	}

	private static ProcessHandle server(Path data) throws IOException {
		String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
		return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
