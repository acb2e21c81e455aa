package io.jobaudit.schema;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.jobaudit.InstalledPostgres;
import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.report.RunSummaries;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The drill of OPERATIONS: a database is dumped in mid-life, lost after another night,
 * and restored into a new one, where the next night continues.
 */
class RestoreIT {

	private static final String LAST_MONTH = YearMonth.now().minusMonths(1).toString();

	@TempDir
	private Path data = Path.of("");

	@TempDir
	private Path directory = Path.of("");

	@Test
	void aRestoredDatabaseContinuesWhereTheDumpWasMade() throws Exception {
		Optional<Path> programs = programs();
		assumeThat(programs).as("a directory with pg_dump, pg_restore and the server of their version").isPresent();
		InstalledPostgres server = InstalledPostgres.start(programs.orElseThrow(), this.data.resolve("server"));
		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			// given
			list("ids.csv", "night", 60);
			list("other.csv", "later", 20);
			execute(database(server, "postgres", "postgres"), "create database audit");
			applyRoles(server, "audit");
			AuditProcess writer = process(database(server, "audit", "job_audit_writer"), simulator);
			assertEnds(0, process(database(server, "audit", "job_audit_owner"), simulator), "migrate");
			assertEnds(0, writer, "run", "--ids", "ids.csv");
			assertEnds(0, writer, "close", LAST_MONTH);
			assertEnds(0, writer, "run", "--ids", "ids.csv", "--refetch");
			assertEnds(69,
					process(database(server, "audit", "job_audit_writer"), simulator)
						.setting("audit.api.endpoint", "http://127.0.0.1:9")
						.setting("audit.api.outage-patience", "1s"),
					"run", "--ids", "other.csv");
			assertEnds(0, writer, "report", "--run", "1", "--reports", "before");
			String runs = assertEnds(0, writer, "runs", "--json").out();
			// when
			program(programs.orElseThrow(), "pg_dump", server, "-d", "audit", "-Fc", "-f", "audit.dump");
			assertEnds(0, writer, "run", "--ids", "ids.csv", "--fresh");
			execute(database(server, "postgres", "postgres"), "drop database audit with (force)");
			execute(database(server, "postgres", "postgres"), "create database restored");
			program(programs.orElseThrow(), "pg_restore", server, "-d", "restored", "--exit-on-error", "audit.dump");
			applyRoles(server, "restored");
			writer = process(database(server, "restored", "job_audit_writer"), simulator);
			// then
			assertThat(assertEnds(73, writer, "doctor").out())
				.contains("reports/run-4 has the reports of another run, run 4, started");
			assertThat(assertEnds(0, writer, "runs", "--json").out()).isEqualTo(runs);
			assertEnds(0, writer, "report", "--run", "1", "--reports", "after");
			assertEnds(0, writer, "report", "--month", LAST_MONTH, "--reports", "after");
			assertThat(files("after/run-1")).isEqualTo(files("before/run-1"));
			assertThat(files("after/month-" + LAST_MONTH)).isEqualTo(files("reports/month-" + LAST_MONTH));
			assertEnds(64, writer, "close", LAST_MONTH);
			assertThat(assertEnds(0, writer, "run", "--ids", "other.csv").out()).contains("Run 3 is complete",
					"It adds up.");
			Files.move(this.directory.resolve("reports/run-4"), this.directory.resolve("lost-run-4"));
			assertEnds(0, writer, "doctor");
			assertThat(assertEnds(0, writer, "run", "--ids", "ids.csv").out()).contains("Run 4 is complete",
					"It adds up.");
			assertThat(RunSummaries.read(this.directory.resolve("reports/run-4")).get("reconciled").booleanValue())
				.isTrue();
		}
		finally {
			server.stopImmediately();
		}
	}

	@Test
	void aCopyOfTheEmbeddedDatabaseContinuesElsewhere() throws Exception {
		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			list("ids.csv", "night", 30);
			Path elsewhere = this.data.resolve("elsewhere");
			assertEnds(0, embedded(this.directory, simulator), "run", "--ids", "ids.csv");
			Files.createDirectory(elsewhere);
			Files.copy(this.directory.resolve("ids.csv"), elsewhere.resolve("ids.csv"));

			shell(List.of("cp", "-a", "data", elsewhere.resolve("data").toString()));

			assertThat(assertEnds(0, embedded(elsewhere, simulator), "run", "--ids", "ids.csv").out())
				.contains("Run 2 is complete", "It adds up.");
		}
	}

	/** Where a server and its pg_dump are; another version of either would refuse. */
	private static Optional<Path> programs() throws IOException {
		Path versions = Path.of("/usr/lib/postgresql");
		List<Path> places = new ArrayList<>(InstalledPostgres.programs().stream().toList());
		if (Files.isDirectory(versions)) {
			try (Stream<Path> installed = Files.list(versions)) {
				installed.filter((version) -> version.getFileName().toString().compareTo("15") >= 0)
					.map((version) -> version.resolve("bin"))
					.forEach(places::add);
			}
		}
		return places.stream()
			.filter((place) -> Stream.of("initdb", "postgres", "pg_dump", "pg_restore")
				.allMatch((name) -> Files.isExecutable(place.resolve(name))))
			.findFirst();
	}

	private void program(Path programs, String name, InstalledPostgres server, String... arguments) throws Exception {
		PGSimpleDataSource address = database(server, "postgres", "postgres");
		List<String> command = new ArrayList<>(List.of(programs.resolve(name).toString(), "-h", "127.0.0.1", "-p",
				Integer.toString(address.getPortNumbers()[0]), "-U", "postgres"));
		command.addAll(List.of(arguments));
		shell(command);
	}

	private void shell(List<String> command) throws Exception {
		Path log = this.data.resolve("log.txt");
		int exitCode = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start()
			.waitFor();
		assertThat(exitCode).as("%s: %s", command, Files.readString(log)).isZero();
	}

	private static void applyRoles(InstalledPostgres server, String database) throws IOException {
		for (String file : List.of("sql/roles.sql", "sql/migration/R__rights.sql",
				"sql/migration/afterMigrate__rights.sql")) {
			execute(database(server, database, "postgres"), Files.readString(Path.of(file)));
		}
	}

	private static void execute(PGSimpleDataSource database, String sql) {
		JdbcClient.create(database).sql(sql).update();
	}

	private static PGSimpleDataSource database(InstalledPostgres server, String name, String user) {
		PGSimpleDataSource database = new PGSimpleDataSource();
		database.setUrl(server.url());
		database.setDatabaseName(name);
		database.setUser(user);
		return database;
	}

	private void list(String name, String prefix, int ids) throws IOException {
		Files.write(this.directory.resolve(name),
				IntStream.range(0, ids).mapToObj((number) -> prefix + "-" + number).toList());
	}

	/** Each file and its bytes. */
	private Map<String, String> files(String name) throws IOException {
		Map<String, String> files = new TreeMap<>();
		try (Stream<Path> found = Files.list(this.directory.resolve(name))) {
			for (Path file : found.toList()) {
				files.put(file.getFileName().toString(),
						new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
			}
		}
		return files;
	}

	private AuditProcess process(PGSimpleDataSource database, Simulator simulator) {
		return embedded(this.directory, simulator).database(database);
	}

	private static AuditProcess embedded(Path directory, Simulator simulator) {
		return new AuditProcess(directory).key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", simulator.endpoint())
			.setting("audit.api.rate", 0)
			.setting("audit.report.zone", "UTC");
	}

	private static Ended assertEnds(int exitCode, AuditProcess process, String... command) {
		Ended ended = process.run(command);
		assertThat(ended.exitCode()).as("%s: %s", String.join(" ", command), ended.err()).isEqualTo(exitCode);
		return ended;
	}

}
