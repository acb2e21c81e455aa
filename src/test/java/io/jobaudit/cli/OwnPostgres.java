package io.jobaudit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
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

	/** Makes the tables, which a run would make. */
	void migrate() {
		Flyway.configure()
			.dataSource(database())
			.locations("classpath:sql/migration")
			.schemas("audit", "batch")
			.load()
			.migrate();
	}

	/** As the kernel does it when memory is short: its children end when they notice. */
	void kill() throws IOException, InterruptedException {
		List<Long> processes = processes();
		signal("KILL", List.of(server(data()).pid()));
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.until(() -> processes.stream().noneMatch((pid) -> ProcessHandle.of(pid).isPresent()));
	}

	/** The server and its backends. */
	List<Long> processes() throws IOException {
		ProcessHandle server = server(data());
		return Stream.concat(Stream.of(server), server.descendants()).map(ProcessHandle::pid).toList();
	}

	/** The backend of any client; none while the server recovers. */
	Optional<Long> client() {
		return backend("select pid from pg_stat_activity where backend_type = 'client backend'"
				+ " and pid <> pg_backend_pid() order by random() limit 1");
	}

	/** The backend that holds the lock of a run. */
	Optional<Long> lockHolder() {
		return backend(
				"select pid from pg_locks where locktype = 'advisory' and granted and classid = x'6a6f6261'::int::oid");
	}

	private Optional<Long> backend(String sql) {
		try {
			return jdbc().sql(sql).query(Long.class).optional();
		}
		catch (DataAccessException ex) {
			return Optional.empty();
		}
	}

	/** Ends a session. */
	boolean terminate(long backend) {
		return jdbc().sql("select pg_terminate_backend(?)").param((int) backend).query(Boolean.class).single();
	}

	/** Sends a signal to processes; false when one of them is gone. */
	static boolean signal(String name, List<Long> processes) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("kill", "-" + name));
		processes.forEach((pid) -> command.add(pid.toString()));
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
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
