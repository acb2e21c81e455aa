package io.jobaudit.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A real PgBouncer before a real PostgreSQL. */
class PoolerIT {

	private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

	@TempDir
	private Path directory;

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	@Nullable private Process pooler;

	@AfterEach
	void stop() {
		if (this.pooler != null) {
			this.pooler.destroy();
		}
		this.simulator.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 20 })
	void transactionModeIsRefusedByRunAndDoctor(int poolSize) throws Exception {
		PGSimpleDataSource pooled = start("transaction", poolSize);

		Ended run = process(pooled).run("run", "--ids", ids());
		long calls = this.simulator.statistics().calls();
		Ended doctor = process(pooled).run("doctor");

		assertThat(calls).isZero();
		assertThat(run.exitCode()).as(run.err()).isEqualTo(78);
		assertThat(run.err()).contains("pooler in transaction mode", "pool_mode=session");
		assertThat(doctor.out()).containsPattern("(?m)^FAIL  database .*pooler in transaction mode");
	}

	@Test
	void transactionModeIsRefusedWhileOthersUseThePool() throws Exception {
		PGSimpleDataSource pooled = start("transaction", 20);
		List<Thread> others = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			Thread other = new Thread(() -> {
				while (!Thread.currentThread().isInterrupted()) {
					JdbcClient.create(pooled).sql("select pg_sleep(0.01)").query((row) -> {
					});
				}
			});
			other.setUncaughtExceptionHandler((thread, failure) -> {
			});
			other.setDaemon(true);
			other.start();
			others.add(other);
		}

		Ended run = process(pooled).run("run", "--ids", ids());
		others.forEach(Thread::interrupt);

		assertThat(run.exitCode()).as(run.err()).isEqualTo(78);
	}

	@Test
	void sessionModeIsFine() throws Exception {
		Ended run = process(start("session", 20)).run("run", "--ids", ids());

		assertThat(run.exitCode()).as(run.err()).isZero();
	}

	@Test
	void aDatabaseThatCannotStoreEveryTextIsRefused() throws Exception {
		JdbcClient.create(this.database).sql("drop database if exists latin1").update();
		JdbcClient.create(this.database)
			.sql("create database latin1 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0")
			.update();
		PGSimpleDataSource latin1 = copy();
		latin1.setDatabaseName("latin1");

		Ended run = process(latin1).run("run", "--ids", ids());

		assertThat(run.exitCode()).as(run.err()).isEqualTo(78);
		assertThat(run.err()).contains("the database has the encoding LATIN1", "'UTF8'");
	}

	private PGSimpleDataSource start(String mode, int poolSize) throws Exception {
		Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "no pgbouncer");
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		Path settings = Files.createTempFile("pgbouncer", ".ini",
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
		settings.toFile().deleteOnExit();
		Files.writeString(settings, """
				[databases]
				* = host=127.0.0.1 port=%d user=%s password=%s
				[pgbouncer]
				listen_addr = 127.0.0.1
				listen_port = %d
				unix_socket_dir =
				auth_type = any
				pool_mode = %s
				default_pool_size = %d
				ignore_startup_parameters = extra_float_digits
				""".formatted(this.database.getPortNumbers()[0], this.database.getUser(),
				String.valueOf(this.database.getPassword()), port, mode, poolSize));
		List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
		if ("root".equals(System.getProperty("user.name"))) {
			command.addAll(List.of("-u", "nobody"));
		}
		command.add(settings.toString());
		this.pooler = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("pgbouncer.log").toFile())
			.start();
		PGSimpleDataSource pooled = copy();
		pooled.setPortNumbers(new int[] { port });
		Awaitility.await()
			.atMost(20, TimeUnit.SECONDS)
			.ignoreExceptions()
			.until(() -> JdbcClient.create(pooled).sql("select 1").query(Integer.class).single() == 1);
		return pooled;
	}

	private PGSimpleDataSource copy() {
		PGSimpleDataSource copy = new PGSimpleDataSource();
		copy.setServerNames(new String[] { "127.0.0.1" });
		copy.setPortNumbers(this.database.getPortNumbers());
		copy.setDatabaseName(this.database.getDatabaseName());
		copy.setUser(this.database.getUser());
		copy.setPassword(this.database.getPassword());
		return copy;
	}

	private AuditProcess process(PGSimpleDataSource pooled) {
		return new AuditProcess(this.directory).database(pooled)
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint());
	}

	private String ids() throws IOException {
		return Files.writeString(this.directory.resolve("ids.csv"), "pooled-1\npooled-2\n").toString();
	}

}
