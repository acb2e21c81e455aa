package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.report.RunSummaries;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real processes, ended by real signals at every stage of their work, and what the same
 * command makes of it: what an undisturbed run leaves.
 */
@Order(1)
class RestartIT {

	private static final int IDS = 600;

	private static final int CONCURRENCY = 16;

	private static final int CHUNK = 50;

	private static RunResult undisturbed;

	@TempDir
	private Path directory;

	private final Simulator simulator = Simulator
		.start(SimulatorOptions.defaults().withLatency(Duration.ofMillis(50), Duration.ofMillis(50)));

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	/** Where in a run the signal comes. */
	enum Stage {

		IMPORT, FETCH, REPORT

	}

	@BeforeAll
	static void runUndisturbed(@TempDir Path directory) throws Exception {
		PGSimpleDataSource database = TestPostgres.migratedDatabase();
		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			Ended ended = process(directory, database, simulator).setting("audit.api.rate", 0)
				.run("run", "--ids", ids(directory));
			assertThat(ended.exitCode()).as(ended.err()).isZero();
		}
		undisturbed = RunResult.of(database, directory.resolve("reports"));
		assertThat(undisturbed.items()).hasSize(IDS);
	}

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@ParameterizedTest
	@CsvSource({ "IMPORT, KILL, 137", "IMPORT, TERM, 143", "IMPORT, INT, 130", "FETCH, KILL, 137", "FETCH, TERM, 143",
			"FETCH, INT, 130", "REPORT, KILL, 137", "REPORT, TERM, 143", "REPORT, INT, 130" })
	void afterASignalTheSameCommandGoesOnAndLeavesWhatAnUndisturbedRunDoes(Stage stage, String signal, int exitCode)
			throws Exception {
		boolean polite = !signal.equals("KILL");
		Running running = started(stage, signal);

		Ended stopped = running.await();
		assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(exitCode);
		assertThat(status())
			.isEqualTo(polite ? "STOPPED " + exitCode : (stage == Stage.REPORT) ? "RUNNING 0" : "RUNNING");
		assertThat(this.directory.resolve("reports/run-1")).doesNotExist();
		Ended resumed = process().run("run", "--ids", ids());

		assertThat(resumed.exitCode()).as(resumed.err()).isZero();
		assertThat(resumed.out()).contains("Run 1 is complete");
		assertComplete();
		boolean killed = stage == Stage.FETCH && !polite;
		assertThat(calls() - IDS).as("calls repeated").isBetween(0L, killed ? CONCURRENCY + CHUNK : 0L);
		assertCallsCounted(killed);
	}

	@Test
	void onTheEmbeddedDatabaseAKilledRunGoesOnToo() throws Exception {
		AuditProcess embedded = settings(new AuditProcess(this.directory), this.simulator);
		Running killed = embedded.start("run", "--ids", ids());
		await().until(() -> calls() >= 200);

		killed.signal("KILL");
		Ended first = killed.await();
		Ended resumed = embedded.run("run", "--ids", ids());
		long repeated = calls() - IDS;
		Ended wanted = embedded.run("run", "--ids", ids(), "--embedded");

		String where = "the embedded database in " + this.directory.resolve("data")
				+ ", because spring.datasource.url is not set";
		assertThat(first.err().lines().findFirst().orElse("")).contains("Rows go to " + where);
		assertThat(wanted.exitCode()).as(wanted.err()).isZero();
		assertThat(wanted.out() + wanted.err()).doesNotContain("spring.datasource.url");
		assertThat(resumed.exitCode()).as(resumed.err()).isZero();
		assertThat(resumed.out()).contains("Run 1 is complete", "It adds up.", "rows\n  in " + where + "\n")
			.containsPattern("FETCHED +" + IDS)
			.containsPattern("lines read +" + (IDS + 2));
		assertThat(repeated).as("calls repeated").isBetween(0L, (long) CONCURRENCY + CHUNK);
	}

	@Test
	void aSecondSignalEndsTheRunAtOnce() throws Exception {
		try (RunBarrier gate = RunBarrier.atImport(this.database)) {
			Running running = process().start("run", "--ids", ids());
			gate.awaitRun();

			running.signal("TERM");
			awaitLog(running, "Stopping: received SIGTERM");
			running.signal("TERM");
			Ended ended = running.await(Duration.ofSeconds(5));

			assertThat(ended.exitCode()).isEqualTo(143);
		}
		assertThat(process().run("run", "--ids", ids()).exitCode()).isZero();
		assertComplete();
	}

	@Test
	void whatIsAnsweredWhileAChunkIsWrittenIsCommittedByAPoliteStop() throws Exception {
		Running running = process().start("run", "--ids", ids());
		try (RunBarrier gate = RunBarrier.atFetch(this.database)) {
			gate.awaitRun();
			await().during(Duration.ofSeconds(1)).until(this::calls, new Unchanged());
			running.signal("TERM");
			awaitLog(running, "Stopping: ");
		}
		Ended stopped = running.await();

		assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(143);
		assertThat(decided()).isEqualTo(calls()).isLessThan(IDS);
		assertThat(process().run("run", "--ids", ids()).exitCode()).isZero();
		assertComplete();
	}

	@Test
	void callsThatAreNotAnsweredInTimeAreDroppedByAPoliteStop() throws Exception {
		Running running = process().start("run", "--ids", ids());
		awaitDecided(100);
		this.simulator.change((options) -> options.withLatency(Duration.ofSeconds(25), Duration.ofSeconds(25)));
		await().during(Duration.ofSeconds(1)).until(this::calls, new Unchanged());

		running.signal("TERM");
		Ended stopped = running.await(Duration.ofSeconds(15));
		this.simulator.change((options) -> options.withLatency(Duration.ZERO, Duration.ZERO));
		Ended resumed = process().run("run", "--ids", ids());

		assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(143);
		assertThat(resumed.exitCode()).as(resumed.err()).isZero();
		assertComplete();
		assertThat(calls()).as("calls in flight were dropped").isEqualTo(IDS + CONCURRENCY);
	}

	@Test
	void theLongestRunTimeStopsPolitely() throws Exception {
		Ended stopped = process().setting("audit.api.rate", 50).run("run", "--ids", ids(), "--max-runtime", "8s");
		Ended resumed = process().run("run", "--ids", ids());

		assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(75);
		assertThat(stopped.out()).contains("has stopped early", "Run the same command again");
		assertThat(resumed.exitCode()).as(resumed.err()).isZero();
		assertComplete();
		assertThat(calls()).isEqualTo(IDS);
	}

	@Test
	void aSecondRunIsToldWhoHoldsTheLock() throws Exception {
		Running first = process().setting("audit.api.rate", 40).start("run", "--ids", ids());
		awaitDecided(50);

		Ended second = process().run("run", "--ids", ids());

		assertThat(second.exitCode()).as(second.err()).isEqualTo(75);
		assertThat(second.err()).contains("job-audit run, process " + first.pid(), "since 20");
		assertThat(first.await().exitCode()).isZero();
		assertComplete();
		assertThat(calls()).isEqualTo(IDS);
	}

	@Test
	void connectionsThatAreKilledAreWaitedForAndNothingIsLostOrDoubled() throws Exception {
		Running running = process().start("run", "--ids", ids());
		awaitDecided(200);

		killConnections("");
		Ended ended = running.await();

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(ended.err()).contains("The database is unavailable", "The database is available again");
		assertComplete();
	}

	@Test
	void aLockThatIsLostWithItsConnectionIsTakenAgain() throws Exception {
		Running running = process().start("run", "--ids", ids());
		awaitDecided(200);

		killConnections("and pid in (select pid from pg_locks where locktype = 'advisory' and objsubid = 2)");
		Ended ended = running.await();

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(ended.err()).contains("the run's lock of account default was lost",
				"The database is available again");
		assertComplete();
	}

	@Test
	void aRunWhoseLockAnotherHasTakenWritesNothingMore() throws Exception {
		try (Connection other = this.database.getConnection()) {
			Running running = process().start("run", "--ids", ids());
			awaitDecided(200);

			other.createStatement()
				.execute("select pg_terminate_backend(l.pid), pg_advisory_lock(l.classid::int, hashtext('default'))"
						+ " from pg_locks l where l.locktype = 'advisory' and l.objsubid = 2"
						+ " and l.database = (select oid from pg_database where datname = current_database())");
			long decided = decided();
			Ended ended = running.await();

			assertThat(ended.exitCode()).as(ended.err()).isEqualTo(75);
			assertThat(decided()).isEqualTo(decided).isLessThan(IDS);
		}
		assertThat(process().run("run", "--ids", ids()).exitCode()).isZero();
		assertComplete();
	}

	@Test
	void aRunThatWasKilledBeforeItsEndWasWrittenDownIsEndedWithoutACall() throws Exception {
		process().run("run", "--ids", ids());
		this.jdbc.sql("update audit.audit_run set status = 'RUNNING'").update();

		Ended ended = process().run("run", "--ids", ids());

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(ended.out()).contains("Run 1 is complete");
		assertComplete();
		assertThat(calls()).isEqualTo(IDS);
	}

	@Test
	void anExecutionWhoseEndIsUnknownIsRecovered() throws Exception {
		process().run("run", "--ids", ids());
		this.jdbc.sql("update audit.audit_run set status = 'FAILED'").update();
		this.jdbc.sql("update batch.batch_job_execution set status = 'UNKNOWN'").update();
		this.jdbc.sql("update batch.batch_step_execution set status = 'UNKNOWN' where step_name = 'importIds'")
			.update();

		Ended ended = process().run("run", "--ids", ids());

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertComplete();
		assertThat(calls()).as("what was imported and decided is not done again").isEqualTo(IDS);
	}

	@Test
	void freshBeginsAnewAndAnotherInputIsAnotherRun() throws Exception {
		process().run("run", "--ids", ids());
		this.jdbc.sql("update audit.audit_run set status = 'STOPPED'").update();
		Path other = Files.writeString(this.directory.resolve("other.csv"), "restart-1\nrestart-2\n");

		Ended different = process().run("run", "--ids", other.toString());
		Ended fresh = process().run("run", "--ids", ids(), "--fresh");

		assertThat(different.out()).contains("Run 2 is complete");
		assertThat(fresh.out()).contains("Run 3 is complete");
	}

	/** A number that stays what it was. */
	private static final class Unchanged extends BaseMatcher<Long> {

		private Object last = -1L;

		@Override
		public boolean matches(Object value) {
			boolean same = value.equals(this.last);
			this.last = value;
			return same;
		}

		@Override
		public void describeTo(Description description) {
			description.appendText("the same as before");
		}

	}

	/** A run that has been given a signal at a stage. */
	private Running started(Stage stage, String signal) throws Exception {
		if (stage == Stage.FETCH) {
			Running running = process().start("run", "--ids", ids());
			awaitDecided(150);
			running.signal(signal);
			return running;
		}
		try (RunBarrier gate = (stage == Stage.IMPORT) ? RunBarrier.atImport(this.database)
				: RunBarrier.atReport(this.database)) {
			Running running = process().start("run", "--ids", ids());
			gate.awaitRun();
			running.signal(signal);
			if (!signal.equals("KILL")) {
				awaitLog(running, "Stopping: ");
			}
			return running;
		}
	}

	private AuditProcess process() {
		return process(this.directory, this.database, this.simulator);
	}

	private static AuditProcess process(Path directory, PGSimpleDataSource database, Simulator simulator) {
		return settings(new AuditProcess(directory).database(database), simulator);
	}

	private static AuditProcess settings(AuditProcess process, Simulator simulator) {
		return process.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", simulator.endpoint())
			.setting("audit.api.rate", 150)
			.setting("audit.api.concurrency", CONCURRENCY)
			.setting("audit.store.chunk-size", CHUNK);
	}

	private String ids() throws IOException {
		return ids(this.directory);
	}

	private static String ids(Path directory) throws IOException {
		List<String> lines = new ArrayList<>(List.of("job_id,team"));
		IntStream.range(0, IDS).forEach((i) -> lines.add("restart-" + i + ",team " + i % 7));
		lines.addAll(List.of("restart-1,again", "not an id,"));
		return Files.write(directory.resolve("ids.csv"), lines).toString();
	}

	private void killConnections(String condition) {
		this.jdbc
			.sql("select count(pg_terminate_backend(pid)) from pg_stat_activity"
					+ " where datname = current_database() and pid <> pg_backend_pid() " + condition)
			.query(Long.class)
			.single();
	}

	private void awaitDecided(int count) {
		await().until(() -> decided() >= count);
	}

	private static void awaitLog(Running running, String text) {
		await().until(() -> Files.readString(running.err()).contains(text));
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(60, TimeUnit.SECONDS).pollInterval(50, TimeUnit.MILLISECONDS);
	}

	private long calls() {
		return this.simulator.statistics().calls();
	}

	private long decided() {
		return this.jdbc.sql("select count(*) from audit.audit_item where outcome is not null")
			.query(Long.class)
			.single();
	}

	private String status() {
		return this.jdbc.sql("select concat_ws(' ', status, exit_code) from audit.audit_run where run_id = 1")
			.query(String.class)
			.single();
	}

	/** After a kill, all but those in flight and of one chunk. */
	private void assertCallsCounted(boolean killed) {
		JsonNode api = RunSummaries.read(this.directory.resolve("reports/run-1")).get("api");
		assertThat(api.get("callsAtLeast").booleanValue()).isEqualTo(killed);
		assertThat(calls() - api.get("calls").longValue()).as("calls not counted")
			.isBetween(0L, killed ? CONCURRENCY + CHUNK : 0L);
	}

	private void assertComplete() throws IOException {
		assertThat(status()).isEqualTo("COMPLETED 0");
		assertThat(RunResult.of(this.database, this.directory.resolve("reports"))).isEqualTo(undisturbed);
	}

}
