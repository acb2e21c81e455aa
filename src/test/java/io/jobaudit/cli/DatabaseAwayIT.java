package io.jobaudit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A run whose database goes away for real: it waits and goes on by itself. */
@Order(2)
class DatabaseAwayIT {

	private static final int IDS = 800;

	private static final int CONCURRENCY = 16;

	@TempDir
	private Path directory;

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	private OwnPostgres postgres;

	private JdbcClient jdbc;

	@BeforeEach
	void startPostgres() throws Exception {
		this.postgres = OwnPostgres.start(this.directory);
		this.jdbc = this.postgres.jdbc();
		// Makes the tables.
		Path one = Files.writeString(this.directory.resolve("one.csv"), "before-1\n");
		assertThat(process().run("run", "--ids", one.toString()).exitCode()).isZero();
	}

	@AfterEach
	void close() {
		this.postgres.close();
		this.simulator.close();
	}

	@Test
	void aServerThatIsStoppedForFiveSecondsAtImportFetchAndReportIsWaitedFor() throws Exception {
		Ended ended = stopAtEveryStage(Duration.ofSeconds(5),
				process().setting("spring.datasource.hikari.connection-timeout", 500)
					.setting("audit.progress.interval", "1s"));

		for (String phase : List.of("Importing", "Fetching", "Writing reports")) {
			assertThat(ended.err()).containsPattern(": Waiting for the database \\(0:00:0[1-9]\\)\\. " + phase);
		}
	}

	@Test
	@Tag("chaos")
	void aServerThatIsStoppedForAMinuteAtImportFetchAndReportIsWaitedFor() throws Exception {
		stopAtEveryStage(Duration.ofSeconds(60), process());
	}

	@Test
	void aServerThatStaysAwayIsExit69AndTheSameCommandGoesOn() throws Exception {
		Running running = process().setting("audit.store.outage-patience", "2s")
			.setting("spring.datasource.hikari.connection-timeout", 500)
			.start("run", "--ids", ids());
		awaitDecided(200);
		this.postgres.stopImmediately();

		Ended ended = running.await();
		this.postgres.start();
		Ended resumed = process().run("run", "--ids", ids());

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(69);
		assertThat(ended.err()).contains("The database is unavailable", "job-audit: the database: ")
			.doesNotContain("exit 70");
		assertThat(resumed.exitCode()).as(resumed.err()).isZero();
		assertComplete(resumed);
	}

	@Test
	void aDiskThatIsFullForAWhileIsWaitedFor() throws Exception {
		this.jdbc.sql("create tablespace small location '" + this.postgres.smallDisk() + "'").update();
		this.jdbc.sql("alter table audit.smart_job set tablespace small").update();
		this.jdbc.sql("create table ballast (filler text) tablespace small").update();
		fillDisk();
		long before = this.simulator.statistics().calls();

		Running running = process().setting("audit.progress.interval", "1s").start("run", "--ids", ids());
		awaitLog(running, "No space left on device");
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.until(() -> this.jdbc.sql("select count(*) >= 6 from batch.batch_job_execution")
				.query(Boolean.class)
				.single());
		awaitLog(running, "Waiting for the database (0:00:0");
		this.jdbc.sql("drop table ballast").update();
		Ended ended = running.await();

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(this.simulator.statistics().calls() - before).as("answers are kept until they can be written")
			.isBetween((long) IDS, IDS + 2L * CONCURRENCY);
		assertComplete(ended);
	}

	@Test
	void aStatementTimeOutIsWaitedOut() throws Exception {
		this.jdbc.sql("alter role postgres set statement_timeout = '500ms'").update();
		try (Connection other = this.postgres.database().getConnection()) {
			other.setAutoCommit(false);
			other.createStatement().execute("set local statement_timeout = 0");
			other.createStatement().execute("lock table audit.smart_job in share mode");
			Running running = process().start("run", "--ids", ids());
			awaitLog(running, "canceling statement due to statement timeout");

			other.rollback();
			Ended ended = running.await();

			assertThat(ended.exitCode()).as(ended.err()).isZero();
			assertComplete(ended);
		}
	}

	@Test
	void sessionsThatAreEndedWhenIdleForTwoSecondsLoseNoAnswerAtOneCallASecond() throws Exception {
		this.jdbc.sql("alter role postgres set idle_in_transaction_session_timeout = '2s'").update();
		this.jdbc.sql("alter role postgres set idle_session_timeout = '2s'").update();
		long before = this.simulator.statistics().calls();
		Path ids = Files.write(this.directory.resolve("slow.csv"),
				IntStream.range(0, 12).mapToObj((i) -> "slow-" + i).toList());

		Running running = process().setting("audit.api.rate", 1).start("run", "--ids", ids.toString());
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.ignoreExceptions()
			.until(() -> this.jdbc.sql("select count(outcome) between 1 and 8 from audit.audit_item where run_id = 2")
				.query(Boolean.class)
				.single());
		Ended ended = running.await();

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(this.simulator.statistics().calls() - before).as("each id once").isEqualTo(12);
	}

	@Test
	void aDatabaseThatIsReadOnlyForAWhileIsWaitedFor() throws Exception {
		Running running = process().start("run", "--ids", ids());
		awaitDecided(200);
		readOnly(true);
		awaitLog(running, "The database is unavailable, waiting for it: ");
		readOnly(false);
		Ended ended = running.await();

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertComplete(ended);
	}

	@Test
	void aDatabaseThatStaysReadOnlyIs69() throws Exception {
		readOnly(true);
		Ended run = process().run("run", "--ids", ids());
		Ended doctor = process().run("doctor");
		readOnly(false);

		assertThat(run.exitCode()).as(run.err()).isEqualTo(69);
		assertThat(run.err()).contains("read-only");
		assertThat(doctor.out()).containsPattern("(?m)^FAIL  database .*is read-only");
	}

	/** As a failover that leaves the connections: what is open is read-only too. */
	private void readOnly(boolean on) {
		this.jdbc.sql("set transaction read write").update();
		this.jdbc.sql("alter system set default_transaction_read_only = " + (on ? "on" : "off")).update();
		this.jdbc.sql("select pg_reload_conf()").query(Boolean.class).single();
	}

	private Ended stopAtEveryStage(Duration outage, AuditProcess process) throws Exception {
		RunBarrier atImport = RunBarrier.atImport(this.postgres.database());
		Running running = process.start("run", "--ids", ids());
		atImport.awaitRun();
		restartAfter(outage);
		awaitDecided(200);
		restartAfter(outage);
		try (RunBarrier atReport = RunBarrier.atReport(this.postgres.database())) {
			atReport.awaitRun();
			restartAfter(outage);
		}
		Ended ended = running.await();

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(ended.err().split("The database is available again", -1)).as(ended.err()).hasSize(3 + 1);
		assertThat(ended.err()).as("an outage is no story").doesNotContain("\tat ");
		assertComplete(ended);
		return ended;
	}

	private void restartAfter(Duration outage) throws Exception {
		this.postgres.stopImmediately();
		Awaitility.await().pollDelay(outage).atMost(outage.plusMinutes(1)).until(() -> true);
		this.postgres.start();
	}

	private void fillDisk() {
		try {
			for (int mb = 0; mb < 64; mb++) {
				this.jdbc.sql("insert into ballast select repeat(md5(g::text), 30) from generate_series(1, 1000) g")
					.update();
			}
		}
		catch (RuntimeException ex) {
			assertThat(ex).hasStackTraceContaining("No space left on device");
		}
	}

	private AuditProcess process() {
		return new AuditProcess(this.directory).database(this.postgres.database())
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint())
			.setting("audit.api.rate", 150);
	}

	private String ids() throws Exception {
		List<String> lines = IntStream.range(0, IDS).mapToObj((i) -> "away-" + i).toList();
		return Files.write(this.directory.resolve("ids.csv"), lines).toString();
	}

	private void awaitDecided(int count) {
		Awaitility.await()
			.atMost(90, TimeUnit.SECONDS)
			.ignoreExceptions()
			.until(() -> this.jdbc.sql("select count(outcome) from audit.audit_item where run_id = 2")
				.query(Long.class)
				.single() >= count);
	}

	private static void awaitLog(Running running, String text) {
		Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> Files.readString(running.err()).contains(text));
	}

	private void assertComplete(Ended ended) {
		assertThat(ended.out()).contains("Run 2 is complete", "It adds up.");
		assertThat(this.jdbc.sql(
				"select concat_ws(' ', count(*), count(distinct job_id), count(outcome)) from audit.audit_item where run_id = 2")
			.query(String.class)
			.single()).isEqualTo("%1$d %1$d %1$d".formatted(IDS));
		assertThat(this.jdbc.sql("select count(*) from audit.smart_job where job_id like 'away-%'")
			.query(Integer.class)
			.single()).isEqualTo(IDS);
		assertThat(this.directory.resolve("reports/run-2/run-summary.json")).exists();
	}

}
