package io.jobaudit.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.jobaudit.EndlessHeaders;
import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.simulator.SimulatedJobs;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every way in which a run ends: its exit code, whether it is the truth, and what
 * follows.
 */
@Order(Integer.MAX_VALUE)
public class EndingsIT {

	private static final String IDS = "job_id\n" + "0a1b2c3d4e5f\n".repeat(2) + "1a2b3c4d5e6f\nunknown-1\n";

	@TempDir
	private Path directory;

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@Nullable private Connection holder;

	/** What ends a run. */
	private interface Cause {

		Ended end(EndingsIT night) throws Exception;

	}

	/** What is left to do for the same command. */
	private enum Then {

		/** Nothing: the run is complete. */
		NOTHING,

		/** The rest of the same run. */
		GOES_ON,

		/** The input, the command or the run itself must be another. */
		ANOTHER

	}

	/** How a run can end. */
	public enum Ending {

		COMPLETE(0, Then.NOTHING, "", (night) -> night.run(IDS)),

		FAILED_JOBS_OVER_LIMIT(2, Then.NOTHING, "",
				(night) -> night.run(night.process().setting("audit.limits.max-failed-percent", 10),
						idOfFailedJob() + "\n")),

		UNREADABLE_OVER_LIMIT(3, Then.NOTHING, "",
				(night) -> night.run(night.impatient(), "job_id\n1a2b3c4d5e6f\nbroken-1\n")),

		DURATIONS_WITHOUT_END(3, Then.NOTHING, "", EndingsIT::withDurationsWithoutEnd),

		WRONG_USAGE(64, Then.ANOTHER, "--ids", (night) -> night.process().run("run")),

		NO_INPUT_FILE(65, Then.ANOTHER, "no.csv: no such file",
				(night) -> night.process().run("run", "--ids", "no.csv")),

		EMPTY_INPUT(65, Then.ANOTHER, "the input has no data lines", (night) -> night.run("job_id\n")),

		NOTHING_BUT_MALFORMED_LINES(65, Then.ANOTHER,
				"ids.csv, line 2: \"not an id\" contains U+0020 (SPACE) at character 4",
				(night) -> night.run("job_id\nnot an id\n;\n")),

		PREVIEW_OF_NOTHING_BUT_MALFORMED_LINES(65, Then.ANOTHER, "none of the 1 data lines has a well-formed job id",
				(night) -> night.process()
					.run("preview", "--limit", "0", "--ids",
							Files.writeString(night.directory.resolve("ids.csv"), "job_id\nnot an id\n").toString())),

		ANOTHER_SEPARATOR(65, Then.ANOTHER, "ids.csv, line 1: the cells are separated by \";\"",
				(night) -> night.run("0a1b2c3d4e5f;red\n0a1b2c3d4e60;red\n")),

		NO_ID_COLUMN(65, Then.ANOTHER, "[task, team]", (night) -> night.run("task,team\na,b\n")),

		API_DOWN(69, Then.GOES_ON, "audit.api.outage-patience",
				(night) -> night
					.run(night.impatient().setting("audit.api.endpoint", "http://127.0.0.1:" + closedPort()), IDS)),

		ENDLESS_HEADERS(69, Then.GOES_ON, "more than 100 header lines, or one longer than 16 KB",
				EndingsIT::withoutEndOfHeaders),

		ENDLESS_CELL(65, Then.ANOTHER, "ids.csv.gz, line 2: the row is longer than 1000000 characters",
				(night) -> night.process().jvmOptions("-Xmx64m").run("run", "--ids", night.endlessCell())),

		ENDLESS_HEADER_LINE(65, Then.ANOTHER, "ids.csv, line 1: the row is longer than 1000000 characters",
				(night) -> night.run(night.process().jvmOptions("-Xmx64m"), "job_id," + "x".repeat(20 << 20) + "\n")),

		TOO_LITTLE_MEMORY_FOR_THE_EMBEDDED_DATABASE(78, Then.GOES_ON, "too little memory (Java heap space)",
				(night) -> night.run(night.withoutDatabase().jvmOptions("-Xmx32m"), IDS)),

		TOO_LITTLE_MEMORY_FOR_ALL_THREADS(78, Then.GOES_ON, "-Xmx256m (exit 78)",
				(night) -> night.run(night.process().jvmOptions("-Xmx20m"), IDS)),

		DATABASE_DOWN(69, Then.GOES_ON, "cannot connect to the database at 127.0.0.1:",
				(night) -> night.run(
						night.process()
							.environment("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:" + closedPort() + "/x"),
						IDS)),

		NOT_RECONCILED(70, Then.ANOTHER, "lines read is 4, but distinct ids + duplicates + malformed is 3",
				(night) -> night.losing("audit_rejected_line").run(IDS)),

		REPORTS_IN_THE_WAY(73, Then.GOES_ON, "not a directory",
				(night) -> night.run(night.process().setting("audit.report.directory", "ids.csv"), IDS)),

		DISK_FULL_AT_REPORT(73, Then.GOES_ON, "No space left on device",
				(night) -> night.run(night.process().withSmallDisk("full").setting("audit.report.directory", "full"),
						IDS)),

		LOCKED(75, Then.GOES_ON, "holds the lock", (night) -> night.locked().run(IDS)),

		DEADLINE(75, Then.GOES_ON, "",
				(night) -> night.process()
					.run("run", "--ids", Files.writeString(night.directory.resolve("ids.csv"), IDS).toString(),
							"--max-runtime", "100ms")),

		/** What comes first counts. */
		DEADLINE_BEFORE_TIME_OF_DAY(75, Then.GOES_ON, "This process runs until ",
				(night) -> night.process()
					.run("run", "--ids", Files.writeString(night.directory.resolve("ids.csv"), IDS).toString(),
							"--until", "06:00", "--max-runtime", "100ms")),

		SIGTERM(143, Then.GOES_ON, "", (night) -> night.atGate((running) -> running.signal("TERM"))),

		SIGINT(130, Then.GOES_ON, "", (night) -> night.atGate((running) -> running.signal("INT"))),

		KILLED(128 + 9, Then.GOES_ON, "", (night) -> night.atGate((running) -> running.signal("KILL"))),

		NO_CREDENTIALS(77, Then.GOES_ON, "ALIBABA_CLOUD_ACCESS_KEY_ID", (night) -> night.run(night.withoutKey(), IDS)),

		WRONG_KEY(77, Then.GOES_ON, "SignatureDoesNotMatch",
				(night) -> night.run(night.process().key("simulator", "not-the-secret"), IDS)),

		FORBIDDEN(77, Then.ANOTHER, "Forbidden.RAM", (night) -> night.run("job_id\nforbidden-1\n1a2b3c4d5e6f\n")),

		IDS_QUERY_TOO_SLOW(65, Then.ANOTHER, "the query took longer than 1s (audit.ids.datasource.query-timeout)",
				(night) -> night.query(night.process().setting("audit.ids.datasource.query-timeout", "1s"),
						"select pg_sleep(30)")),

		IDS_QUERY_FAULTY(65, Then.ANOTHER, "the database rejects the query",
				(night) -> night.query(night.process(), "select nothing from nowhere")),

		IDS_DATABASE_DOWN(69, Then.ANOTHER, "the database of the ids does not answer",
				(night) -> night.query(
						night.process()
							.setting("audit.ids.datasource.url", "jdbc:postgresql://127.0.0.1:" + closedPort() + "/x"),
						"select 1")),

		NO_TEMPORARY_DIRECTORY(73, Then.ANOTHER, "the ids cannot be kept in a temporary file in /nowhere",
				(night) -> night.query(night.process().environment("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=/nowhere"),
						"select '0a1b2c3d4e5f'")),

		NO_SSL_ON_THE_SERVER(78, Then.ANOTHER, "correct sslmode, sslrootcert or the host",
				(night) -> night.run(night.connecting("sslmode=verify-full&sslrootcert=/nowhere/root.crt"), IDS)),

		NO_SSL_MODE(78, Then.ANOTHER, "Invalid sslmode value: nonsense",
				(night) -> night.run(night.connecting("sslmode=nonsense"), IDS)),

		NO_RUN_NUMBER(64, Then.ANOTHER, "abc", (night) -> night.process().run("runs", "show", "abc")),

		NO_DATABASE(78, Then.ANOTHER, "spring.datasource.url is not set, and audit.embedded-database is refuse",
				(night) -> night.run(night.withoutDatabase().environment("AUDIT_EMBEDDED_DATABASE", "refuse"), IDS)),

		UNKNOWN_VARIABLE(78, Then.ANOTHER, "unknown setting AUDIT_RATE (environment); did you mean AUDIT_API_RATE?",
				(night) -> night.run(
						night.process().environment("AUDIT_PORT", "tcp://10.0.0.1:80").environment("AUDIT_RATE", "5"),
						IDS)),

		NO_YAML(78, Then.ANOTHER, "config/application.yml, line 2: the file is not YAML: ", (night) -> {
			Files.writeString(Files.createDirectory(night.directory.resolve("config")).resolve("application.yml"),
					"audit:\n\taccount: x\n");
			return night.run(IDS);
		}),

		NO_REGION(78, Then.ANOTHER, "audit.api.region", (night) -> night
			.run(new AuditProcess(night.directory).database(night.database).key("simulator", "simulator-secret"), IDS)),

		PLAIN_HTTP(78, Then.ANOTHER, "to loopback only",
				(night) -> night
					.run(night.process().setting("audit.api.endpoint", "http://ice.cn-shanghai.aliyuncs.com"), IDS)),

		BAD_PRICE(78, Then.ANOTHER, "prices.csv, line 2: price_per_1000_tokens is \"0,01\"",
				(night) -> night.withPrices("ASR,CNY,\"0,01\",2026-01-01,,").run(IDS)),

		PRICES_WITH_A_GAP(78, Then.ANOTHER, "ASR has no price from 2026-02-01 to 2026-02-28",
				(night) -> night.withPrices("ASR,CNY,1,2026-01-01,2026-01-31,", "ASR,CNY,1,2026-03-01,,").run(IDS)),

		NO_PRICE_FILE_WHERE_IT_IS_SAID_TO_BE(78, Then.ANOTHER, "no-prices.csv: no such file",
				(night) -> night.run(night.process().setting("audit.prices.file", "no-prices.csv"), IDS)),

		NO_NUMBER(78, Then.ANOTHER, "audit.api.rate",
				(night) -> night.run(night.process().setting("audit.api.rate", "fast"), IDS));

		private final int exitCode;

		private final Then then;

		private final String says;

		private final Cause cause;

		Ending(int exitCode, Then then, String says, Cause cause) {
			this.exitCode = exitCode;
			this.then = then;
			this.says = says;
			this.cause = cause;
		}

		public int exitCode() {
			return this.exitCode;
		}

	}

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@ParameterizedTest
	@EnumSource
	void everyEndingHasItsExitCodeAndIsTheTruth(Ending ending) throws Exception {
		Ended ended = ending.cause.end(this);

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ending.exitCode);
		assertThat(ended.err()).contains(ending.says).doesNotContain("not-the-secret", "Signature=");
		assertThat(ended.err().contains("\tat ")).as("only our own fault has a story").isEqualTo(ending.exitCode == 70);
		if (ending.then == Then.NOTHING) {
			assertDecidedAndReported(ending.exitCode);
		}
		else {
			assertNothingPretended(ending.exitCode);
		}
		if (ending.then == Then.GOES_ON) {
			release();
			Ended again = run(IDS);
			assertThat(again.exitCode()).as(again.err()).isZero();
			assertThat(again.out()).contains("Run 1 is complete");
			assertDecidedAndReported(0);
			assertThat(this.simulator.statistics().maxCallsPerJobId()).as("nothing decided is asked again")
				.isLessThanOrEqualTo(2);
		}
	}

	@Test
	void unreadableIdsCanBeGivenBack() throws Exception {
		run(impatient(), "job_id,team\n1a2b3c4d5e6f,a\nbroken-1,b\ngarbled-1,c\n");

		Path unreadable = this.directory.resolve("reports/run-1/unreadable-ids.csv");
		assertThat(Files.readAllLines(unreadable)).hasSize(3);
		Ended again = impatient().run("run", "--ids", unreadable.toString());
		assertThat(again.exitCode()).as("the job stored before tells two bad ids from an outage: " + again.err())
			.isEqualTo(3);
		assertThat(this.jdbc.sql("select labels::text from audit.audit_item where run_id = 2 order by item_no")
			.query(String.class)
			.list()).containsExactly("{\"team\": \"b\"}", "{\"team\": \"c\"}");
	}

	@Test
	void reportsOfAnotherDatabaseAreNeverReplaced() throws Exception {
		run(IDS);
		Path reports = this.directory.resolve("reports/run-1");
		byte[] summary = Files.readAllBytes(reports.resolve("run-summary.json"));
		long calls = this.simulator.statistics().calls();
		PGSimpleDataSource second = TestPostgres.migratedDatabase();

		Ended refused = run(process().database(second), IDS);

		assertThat(refused.exitCode()).as(refused.err()).isEqualTo(73);
		assertThat(refused.err()).contains("reports/run-1 has the reports of another run, run 1, started ",
				"--reports");
		assertThat(this.simulator.statistics().calls()).as("known before the first call").isEqualTo(calls);
		assertThat(JdbcClient.create(second).sql("select count(*) from audit.audit_run").query(Long.class).single())
			.isZero();
		assertThat(reports.resolve("run-summary.json")).hasBinaryContent(summary);
		Ended elsewhere = process().database(second)
			.run("run", "--ids", this.directory.resolve("ids.csv").toString(), "--reports", "elsewhere");
		assertThat(elsewhere.exitCode()).as(elsewhere.err()).isZero();
		assertThat(this.directory.resolve("elsewhere/run-1")).isDirectory();
	}

	@Test
	void aReportsDirectoryThatCannotBeWrittenIsKnownBeforeTheFirstCall() throws Exception {
		Files.writeString(this.directory.resolve("reports"), "a file");

		Ended ended = run(IDS);

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(73);
		assertThat(this.simulator.statistics().calls()).isZero();
		assertThat(this.jdbc.sql("select count(*) from audit.audit_run").query(Long.class).single()).isZero();
	}

	@Test
	void wrongUsageIs64() {
		assertThat(process().run("run", "--ids", "x.csv", "--no-such-option").exitCode()).isEqualTo(64);
		assertThat(process().run("walk").exitCode()).isEqualTo(64);
		assertThat(process().run().exitCode()).isEqualTo(64);
		assertThat(process().run("simulator", "--faults", "rain=1").exitCode()).isEqualTo(64);
	}

	@Test
	void aFileNameThatTheLocaleCannotHoldIs64AndSaysHow() throws Exception {
		Ended ended = process().environment("LC_ALL", "C")
			.withLastArgument("\\346\\226\\207\\344\\273\\266.csv")
			.run("run", "--ids");

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(64);
		assertThat(ended.err()).contains("LC_ALL=C.UTF-8").doesNotContain("Exception");
	}

	@Test
	void aFullStandardOutputIs73() throws Exception {
		Ended ended = process().withFullOutput().run("runs", "--json");

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(73);
		assertThat(ended.err()).contains("standard output cannot be written");
	}

	@Test
	void aDatabaseThatAnswersAndTakesNothingIs69() throws Exception {
		this.jdbc
			.sql("create function audit.full() returns trigger language plpgsql as"
					+ " 'begin raise exception ''no space left on device'' using errcode = ''53100''; end'")
			.update();
		this.jdbc.sql("create trigger full_disk before update on audit.audit_item_row execute function audit.full()")
			.update();

		Ended ended = run(process().setting("audit.store.outage-patience", "2s"), IDS);

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(69);
		assertThat(ended.err()).contains("no space left on device");
		assertThat(pending()).isEqualTo(3);
	}

	@Test
	void aWrongKeyCostsOneCall() throws Exception {
		run(process().key("simulator", "not-the-secret"), IDS);

		assertThat(this.simulator.statistics().calls()).isEqualTo(1);
		assertThat(pending()).isEqualTo(3);
	}

	@Test
	void helpAndVersionAre0() {
		Ended help = process().run("--help");
		Ended version = process().run("--version");

		assertThat(help.exitCode()).isZero();
		assertThat(help.out()).contains("run", "demo", "simulator", "Exit codes");
		assertThat(version.exitCode()).isZero();
		assertThat(version.out()).matches(
				"job-audit \\d+(\\.\\d+){2} \\((commit [0-9a-f]{10}( with changes)?, )?build \\d{4}(-\\d\\d){2}T\\d\\d(:\\d\\d){2}Z\\)\\R");
	}

	private void assertDecidedAndReported(int exitCode) {
		Path summary = this.directory.resolve("reports/run-1/run-summary.json");
		assertThat(JsonMapper.shared().readTree(summary).path("exitCode").asInt()).isEqualTo(exitCode);
		assertThat(JsonMapper.shared().readTree(summary).path("reconciled").asBoolean()).isTrue();
		assertThat(this.jdbc.sql("select status || exit_code from audit.audit_run").query(String.class).single())
			.isEqualTo("COMPLETED" + exitCode);
		assertThat(pending()).isZero();
	}

	private void assertNothingPretended(int exitCode) {
		assertThat(this.directory.resolve("reports/run-1")).doesNotExist();
		assertThat(this.jdbc.sql("select status from audit.audit_run").query(String.class).list())
			.doesNotContain("COMPLETED");
		assertThat(this.jdbc.sql("select exit_code from audit.audit_run where status in ('FAILED', 'STOPPED')")
			.query(Integer.class)
			.list()).allMatch((code) -> code == exitCode);
	}

	/** Ends a run that is held while it imports. */
	private Ended atGate(Blow blow) throws Exception {
		Path ids = Files.writeString(this.directory.resolve("ids.csv"), IDS);
		try (RunBarrier gate = RunBarrier.atImport(this.database)) {
			Running running = process().start("run", "--ids", ids.toString());
			gate.awaitRun();
			blow.strike(running);
			Awaitility.await()
				.atMost(30, TimeUnit.SECONDS)
				.until(() -> !running.process().isAlive() || Files.readString(running.err()).contains("Stopping: "));
			gate.open();
			return running.await(Duration.ofSeconds(30));
		}
	}

	/** Something that ends a process. */
	private interface Blow {

		void strike(Running running) throws Exception;

	}

	/** A night in which another holds the account's lock. */
	private EndingsIT locked() throws SQLException {
		Connection connection = this.database.getConnection();
		this.holder = connection;
		JdbcClient.create(new SingleConnectionDataSource(connection, true))
			.sql("select pg_advisory_lock(1785684577, hashtext('default'))")
			.query((row) -> {
			});
		return this;
	}

	private void release() throws SQLException {
		if (this.holder != null) {
			this.holder.close();
		}
	}

	/** A night in which a table loses rows. */
	private EndingsIT losing(String table) {
		this.jdbc.sql("create function audit.lose() returns trigger language plpgsql as 'begin return null; end'")
			.update();
		this.jdbc
			.sql("create trigger lose before insert on audit." + table + " for each row execute function audit.lose()")
			.update();
		return this;
	}

	/** A night with a price file where it usually is. */
	private EndingsIT withPrices(String... lines) throws IOException {
		Files.writeString(Files.createDirectory(this.directory.resolve("config")).resolve("prices.csv"),
				"job_type,currency,price_per_1000_tokens,valid_from,valid_to,note\n" + String.join("\n", lines));
		return this;
	}

	/** A night in which the API, or a proxy, sends one header for ever. */
	private Ended withoutEndOfHeaders() throws IOException {
		try (EndlessHeaders server = new EndlessHeaders(EndlessHeaders.Kind.LINE)) {
			return run(impatient().setting("audit.api.endpoint", server.url()), IDS);
		}
	}

	/** Longer than a count of nanoseconds, and one of milliseconds. */
	private Ended withDurationsWithoutEnd() throws IOException {
		AuditProcess process = process().setting("audit.retry.delay", "5ms");
		for (String setting : List.of("audit.retry.max-delay", "audit.api.outage-patience", "audit.api.attempt-timeout",
				"audit.store.outage-patience", "audit.progress.interval", "audit.metrics.interval")) {
			process.setting(setting, "PT9223372036854775807S");
		}
		Path ids = Files.writeString(this.directory.resolve("ids.csv"), "job_id\n1a2b3c4d5e6f\nbroken-1\n");
		return process.run("run", "--ids", ids.toString(), "--max-runtime", "PT9223372036854775807S");
	}

	/** An archive with a cell of 300 MB. */
	private String endlessCell() throws IOException {
		Path file = this.directory.resolve("ids.csv.gz");
		byte[] part = "x".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
			out.write("job_id,title\n0a1b2c3d4e5f,".getBytes(StandardCharsets.US_ASCII));
			for (int i = 0; i < 300; i++) {
				out.write(part);
			}
		}
		return file.toString();
	}

	private AuditProcess process() {
		return withoutKey().key("simulator", "simulator-secret");
	}

	private AuditProcess withoutKey() {
		return withoutAccess().database(this.database);
	}

	private AuditProcess withoutDatabase() {
		return withoutAccess().key("simulator", "simulator-secret");
	}

	private AuditProcess withoutAccess() {
		return new AuditProcess(this.directory).setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint());
	}

	private AuditProcess impatient() {
		return process().setting("audit.retry.delay", "5ms")
			.setting("audit.retry.max-delay", "20ms")
			.setting("audit.api.outage-patience", "1s");
	}

	private Ended run(String ids) throws IOException {
		return run(process(), ids);
	}

	private Ended run(AuditProcess process, String ids) throws IOException {
		return process.run("run", "--ids", Files.writeString(this.directory.resolve("ids.csv"), ids).toString());
	}

	private Ended query(AuditProcess process, String sql) throws IOException {
		return process.run("run", "--ids-query", Files.writeString(this.directory.resolve("ids.sql"), sql).toString());
	}

	/** The database's URL with parameters of the driver. */
	private AuditProcess connecting(String parameters) {
		return process().environment("SPRING_DATASOURCE_URL",
				"jdbc:postgresql://%s:%d/%s?%s".formatted(this.database.getServerNames()[0],
						this.database.getPortNumbers()[0], this.database.getDatabaseName(), parameters));
	}

	private long pending() {
		return this.jdbc.sql("select count(*) from audit.audit_item where outcome is null and attempts = 0")
			.query(Long.class)
			.single();
	}

	private static String idOfFailedJob() {
		return Stream.iterate(0, (number) -> number + 1)
			.map((number) -> "failed-job-" + number)
			.filter((id) -> SimulatedJobs.of(id).orElseThrow().state().equals("Failed"))
			.findFirst()
			.orElseThrow();
	}

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
