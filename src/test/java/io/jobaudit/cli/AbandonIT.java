package io.jobaudit.cli;

import java.io.IOException;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** A run that is killed and given up, and what its command does then. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class AbandonIT {

	private static final int IDS = 600;

	private final Simulator simulator = Simulator
		.start(SimulatorOptions.defaults().withLatency(Duration.ofMillis(400), Duration.ofMillis(400)));

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private Path directory;

	private Ended whileItRan = new Ended(0, "", "", 0);

	private long decided;

	@BeforeAll
	void givenARunThatIsKilledInTheMidst(@TempDir Path temporary) throws IOException, InterruptedException {
		this.directory = temporary;
		Files.write(temporary.resolve("ids.csv"), IntStream.range(0, IDS).mapToObj((i) -> "given-up-" + i).toList());
		Running running = process().start("run", "--ids", "ids.csv");
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.until(() -> number("select count(*) from audit.audit_item where outcome is not null") >= 50);
		this.whileItRan = process().run("runs", "abandon", "1");
		running.signal("KILL");
		running.await();
		Awaitility.await()
			.until(() -> number("select count(*) from pg_stat_activity where datname = current_database()") == 1);
		this.decided = number("select count(*) from audit.audit_item where outcome is not null");
		assertThat(this.decided).isBetween(50L, IDS - 1L);
	}

	@AfterAll
	void close() {
		this.simulator.close();
	}

	@Test
	@Order(1)
	void aRunThatIsGoingOnIsNotGivenUp() {
		assertThat(this.whileItRan.exitCode()).as(this.whileItRan.err()).isEqualTo(75);
		assertThat(this.whileItRan.err()).contains("another run holds the lock of account default");
	}

	@Test
	@Order(2)
	void anUnfinishedRunIsListedWithWhatGivesItUp() {
		assertThat(process().run("runs").out()).contains("interrupted",
				"      unfinished; to give it up: job-audit runs abandon 1\n");
		assertThat(process().run("runs", "show", "1").out())
			.endsWith("Run the same command again to resume.\nTo give it up: job-audit runs abandon 1\n");
	}

	@Test
	@Order(3)
	void itIsGivenUpAndItsOtherIdsStayPending() {
		Ended abandoned = process().run("runs", "abandon", "1");

		assertThat(abandoned.exitCode()).as(abandoned.err()).isZero();
		assertThat(abandoned.out()).isEqualTo("""
				Run 1 is given up: %d of 600 ids stay pending.
				The same command with the same input now begins a new run.
				""".formatted(IDS - this.decided));
		assertThat(texts("select status from batch.batch_job_execution")).containsExactly("FAILED");
		assertThat(texts("select concat_ws(' ', status, finished_at = abandoned_at) from audit.audit_run"))
			.containsExactly("STOPPED t");
	}

	@Test
	@Order(4)
	void itIsShownAsGivenUpAndStillAddsUp() {
		Ended shown = process().run("runs", "show", "1");

		assertThat(shown.out()).startsWith("Run 1, abandoned, exit -\n")
			.containsPattern("FETCHED +" + this.decided + "\\n")
			.containsPattern("pending +" + (IDS - this.decided) + "\\n")
			.containsPattern("\\ngiven up at 20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d Asia/Shanghai\\n$");
		assertThat(texts("select amount::text from audit.v_run_statement where run_id = 1 and is_check"))
			.containsExactly("0", "0");
		assertThat(process().run("runs").out()).contains(" abandoned ").doesNotContain("unfinished");
	}

	@Test
	@Order(5)
	void theSameCommandBeginsANewRunAndAsksOnlyAboutTheRest() {
		long calls = this.simulator.statistics().calls();

		Ended next = process().run("run", "--ids", "ids.csv");

		assertThat(next.exitCode()).as(next.err()).isZero();
		assertThat(next.out()).contains("Run 2 is complete", "It adds up.");
		assertThat(number("select count(*) from audit.v_item where run_id = 2 and outcome is not null")).isEqualTo(IDS);
		assertThat(this.simulator.statistics().calls() - calls)
			.isEqualTo(number("select count(*) from audit.v_item where run_id = 2 and outcome = 'FETCHED'"));
		assertThat(number("select count(*) from audit.v_item where run_id = 1 and outcome is null"))
			.isEqualTo(IDS - this.decided);
	}

	@Test
	@Order(6)
	void onlyAnUnfinishedRunCanBeGivenUp() {
		assertRefused(64, "run 1 was given up at 20", "runs", "abandon", "1");
		assertRefused(64, "run 2 is complete; only an unfinished run can be given up, see job-audit runs (exit 64)",
				"runs", "abandon", "2");
		assertRefused(65, "account default has no run 9; job-audit runs lists its runs", "runs", "abandon", "9");
		assertRefused(65, "the number of a run is 1 or more, but is -1", "runs", "abandon", "--", "-1");
		assertRefused(64, "see job-audit runs abandon --help", "runs", "abandon", "last");
		assertRefused(64, "see job-audit runs abandon --help", "runs", "abandon");
	}

	@Test
	@Order(7)
	void programsSeeItInJson() {
		this.jdbc
			.sql("update audit.audit_run set status = 'FAILED', exit_code = 69, abandoned_at = null where run_id = 1")
			.update();

		JsonNode run = JsonMapper.shared().readTree(process().run("runs", "abandon", "1", "--json").out());

		assertThat(run.get("status").stringValue()).isEqualTo("ABANDONED");
		assertThat(run.get("exitCode").intValue()).isEqualTo(69);
		assertThat(run.get("abandonedAt").stringValue()).startsWith("20").endsWith("Z");
		assertThat(run.get("pending").longValue()).isEqualTo(IDS - this.decided);
	}

	private void assertRefused(int exitCode, String message, String... command) {
		Ended ended = process().run(command);

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
		assertThat(ended.err().lines()).hasSize(1).first().asString().startsWith("job-audit: ").contains(message);
	}

	private long number(String sql) {
		return this.jdbc.sql(sql).query(Long.class).single();
	}

	private List<String> texts(String sql) {
		return this.jdbc.sql(sql).query((row, number) -> row.getString(1)).list();
	}

	private AuditProcess process() {
		return new AuditProcess(this.directory).database(this.database)
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.rate", 0)
			.setting("audit.store.chunk-size", 10)
			.setting("audit.report.zone", "Asia/Shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint());
	}

}
