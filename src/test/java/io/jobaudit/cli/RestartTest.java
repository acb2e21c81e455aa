package io.jobaudit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real processes, stopped by real signals in the middle of fetching, and what the same
 * command makes of it.
 */
class RestartTest {

	private static final int IDS = 600;

	private static final int CONCURRENCY = 16;

	private static final int CHUNK = 50;

	@TempDir
	private Path directory = Path.of("");

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withLatency(Duration.ofMillis(50)));

	private final PGSimpleDataSource database = TestPostgres.emptyDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void afterAKillTheSameCommandGoesOnAndAsksOnlyWhatWasInFlightAgain() throws Exception {
		Running killed = process().start("run", "--ids", ids());
		awaitDecided(200);

		killed.signal("KILL");
		Ended dead = killed.await();
		Ended resumed = process().run("run", "--ids", ids());

		assertThat(dead.exitCode()).isEqualTo(128 + 9);
		assertThat(resumed.exitCode()).as(resumed.err()).isZero();
		assertThat(resumed.out()).contains("Run 1 is complete");
		assertComplete();
		assertThat(this.simulator.statistics().calls() - IDS).as("calls repeated")
			.isBetween(0L, (long) CONCURRENCY + CHUNK);
	}

	@ParameterizedTest
	@CsvSource({ "TERM, 143", "INT, 130" })
	void aSignalStopsPolitelyAndNothingIsAskedTwice(String signal, int exitCode) throws Exception {
		Running stopping = process().start("run", "--ids", ids());
		awaitDecided(100);

		stopping.signal(signal);
		Ended stopped = stopping.await();
		assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(exitCode);
		assertThat(status()).isEqualTo("STOPPED " + exitCode);
		Ended resumed = process().run("run", "--ids", ids());

		assertThat(resumed.exitCode()).as(resumed.err()).isZero();
		assertComplete();
		assertThat(this.simulator.statistics().calls()).as("calls in flight were finished and kept").isEqualTo(IDS);
	}

	@Test
	void theLongestRunTimeStopsPolitely() throws Exception {
		Ended stopped = process().setting("audit.api.rate", 50).run("run", "--ids", ids(), "--max-runtime", "8s");
		Ended resumed = process().run("run", "--ids", ids());

		assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(75);
		assertThat(stopped.out()).contains("has stopped early", "Run the same command again");
		assertThat(resumed.exitCode()).as(resumed.err()).isZero();
		assertComplete();
		assertThat(this.simulator.statistics().calls()).isEqualTo(IDS);
	}

	@Test
	void aSecondRunIsToldWhoHoldsTheLock() throws Exception {
		Running first = process().start("run", "--ids", ids());
		awaitDecided(50);

		Ended second = process().run("run", "--ids", ids());

		assertThat(second.exitCode()).as(second.err()).isEqualTo(75);
		assertThat(second.err()).contains("job-audit run, process " + first.pid(), "since 20");
		assertThat(first.await().exitCode()).isZero();
		assertComplete();
		assertThat(this.simulator.statistics().calls()).isEqualTo(IDS);
	}

	@Test
	void connectionsThatAreKilledAreWaitedForAndNothingIsLostOrDoubled() throws Exception {
		Running running = process().start("run", "--ids", ids());
		awaitDecided(200);

		this.jdbc
			.sql("select count(pg_terminate_backend(pid)) from pg_stat_activity"
					+ " where datname = current_database() and pid <> pg_backend_pid()")
			.query(Long.class)
			.single();
		Ended ended = running.await();

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(ended.err()).contains("The database is away", "The database is back");
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
		assertThat(this.simulator.statistics().calls()).isEqualTo(IDS);
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
		assertThat(this.simulator.statistics().calls()).as("what was imported and decided is not done again")
			.isEqualTo(IDS);
	}

	private AuditProcess process() {
		return new AuditProcess(this.directory).database(this.database)
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint())
			.setting("audit.api.rate", 150)
			.setting("audit.api.concurrency", CONCURRENCY)
			.setting("audit.store.chunk-size", CHUNK);
	}

	private String ids() throws Exception {
		List<String> lines = IntStream.range(0, IDS).mapToObj((i) -> "restart-" + i).toList();
		return Files.write(this.directory.resolve("ids.csv"), lines).toString();
	}

	private void awaitDecided(int count) {
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.pollInterval(50, TimeUnit.MILLISECONDS)
			.ignoreExceptions()
			.until(() -> this.jdbc.sql("select count(*) from audit.audit_item where outcome is not null")
				.query(Long.class)
				.single() >= count);
	}

	private String status() {
		return this.jdbc.sql("select status || ' ' || exit_code from audit.audit_run").query(String.class).single();
	}

	private void assertComplete() {
		assertThat(status()).isEqualTo("COMPLETED 0");
		assertThat(this.jdbc
			.sql("select count(*) || ' ' || count(distinct job_id) || ' ' || count(outcome) from audit.audit_item")
			.query(String.class)
			.single()).isEqualTo("%1$d %1$d %1$d".formatted(IDS));
		assertThat(this.jdbc.sql("select count(*) from audit.smart_job").query(Long.class).single()).isEqualTo(IDS);
		assertThat(this.directory.resolve("reports/run-1/run-summary.json")).exists();
	}

}
