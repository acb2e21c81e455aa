package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.report.RunSummaries;
import io.jobaudit.simulator.Fault;
import io.jobaudit.simulator.SimulatedJob;
import io.jobaudit.simulator.SimulatedJobs;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.TestOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Ids from the API itself, and runs held against them, as an operator sees them. */
class DiscoverIT {

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void aListIsWrittenWithoutADatabaseWholeOrNotAtAll() throws Exception {
		List<String> ids = ids("job-", 150);
		Path out = this.directory.resolve("list.csv");
		this.simulator.change((options) -> options.withListedJobs(ids)
			.withFaults(Map.of(Fault.THROTTLE, 0.3, Fault.SERVER_ERROR, 0.3)));
		AuditProcess process = settings(new AuditProcess(this.directory)).environment("SPRING_DATASOURCE_URL",
				"jdbc:postgresql://127.0.0.1:1/nobody");

		Ended listed = process.run("discover", "--out", out.toString());

		assertThat(listed.exitCode()).as(listed.err()).isZero();
		assertThat(listed.out()).isEmpty();
		assertThat(listed.err()).contains("ListSmartJobs: 150 jobs in " + calls() + " calls");
		assertThat(Files.readAllLines(out)).startsWith("job_id,job_type,state,create_time")
			.hasSize(151)
			.containsAll(ids.stream().map(DiscoverIT::line).toList());

		this.simulator
			.change((options) -> TestOptions.withMaxFaultsInARow(options.withFaults(Map.of(Fault.HTML, 1.0)), 0));
		Ended failed = process.setting("audit.api.outage-patience", "1s").run("discover", "--out", out.toString());

		assertThat(failed.exitCode()).as(failed.err()).isEqualTo(69);
		assertThat(Files.readAllLines(out)).as("the file of before").hasSize(151);
		try (Stream<Path> left = Files.list(this.directory)) {
			assertThat(left).extracting((file) -> file.getFileName().toString())
				.filteredOn((name) -> !name.startsWith("std"))
				.containsExactly("list.csv");
		}
	}

	@Test
	void aRunTakesItsIdsFromTheList() throws Exception {
		List<String> failed = ids("job-", 150).stream().filter((id) -> job(id).state().equals("Failed")).toList();
		this.simulator.change((options) -> options.withListedJobs(ids("job-", 150)));

		Ended run = process().run("run", "--discover", "--discover-state", "Failed");

		assertThat(run.exitCode()).as(run.err()).isZero();
		assertThat(this.jdbc.sql("select job_id from audit.audit_item where labels = '{}'").query(String.class).list())
			.containsExactlyInAnyOrderElementsOf(failed);
		assertThat(this.jdbc.sql("select input_source || ', ' || api_calls from audit.audit_run")
			.query(String.class)
			.single()).isEqualTo("ListSmartJobs state=Failed, " + (failed.size() + 1));
		assertThat(calls()).isEqualTo(failed.size() + 1);
	}

	@Test
	void aRunIsHeldAgainstTheList() throws Exception {
		List<String> both = ids("job-", 100);
		Path input = input(concat(both, List.of("surplus-1", "surplus-2", "unknown-1")));
		this.simulator.change((options) -> options.withListedJobs(concat(both, List.of("lost-1", "lost-2", "lost-3"))));

		Ended ended = process().run("run", "--ids", input.toString(), "--completeness");

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(calls()).as("103 ids and two pages").isEqualTo(105);
		assertThat(this.simulator.statistics().listAnswers()).isEqualTo(2);
		assertThat(this.jdbc.sql("select api_calls from audit.audit_run").query(Long.class).single()).isEqualTo(105);
		JsonNode summary = RunSummaries.read(this.directory.resolve("reports/run-1"));
		assertThat(summary.get("completeness").get("neverAudited").asInt()).isEqualTo(3);
		assertThat(summary.get("completeness").get("namedNotListed").asInt()).isEqualTo(2);
		assertThat(summary.get("completeness").get("namedUnknownToApi").asInt()).isOne();
		assertThat(
				this.jdbc.sql("select gap || ' ' || job_id from audit.v_completeness_gap").query(String.class).list())
			.containsExactlyInAnyOrder("NEVER_AUDITED lost-1", "NEVER_AUDITED lost-2", "NEVER_AUDITED lost-3",
					"NOT_LISTED surplus-1", "NOT_LISTED surplus-2", "UNKNOWN_TO_API unknown-1");
	}

	@Test
	void aListThatIsInterruptedBeginsAnewAndNoIdIsAskedAgain() throws Exception {
		List<String> listed = ids("job-", 2000);
		Path input = input(listed.subList(0, 30));
		this.simulator.change((options) -> options.withListedJobs(listed)
			.withLatency(Duration.ofMillis(100), Duration.ofMillis(100)));
		AuditProcess process = process().setting("audit.api.outage-patience", "1s")
			.setting("audit.completeness.enabled", "true");
		String[] run = { "run", "--ids", input.toString() };

		Running outage = process.start(run);
		awaitPages(3);
		this.simulator.change(
				(options) -> TestOptions.withMaxFaultsInARow(options.withFaults(Map.of(Fault.SERVER_ERROR, 1.0)), 0));
		Ended failed = outage.await();

		assertThat(failed.exitCode()).as(failed.err()).isEqualTo(69);
		assertThat(status()).isEqualTo("FAILED, 0 listings");
		assertThat(this.directory.resolve("reports/run-1")).doesNotExist();

		this.simulator.change((options) -> options.withFaults(Map.of()));
		long before = this.simulator.statistics().listAnswers();
		Running stopped = process.start(run);
		awaitPages(before + 3);
		stopped.signal("TERM");

		assertThat(stopped.await().exitCode()).isEqualTo(143);
		assertThat(status()).isEqualTo("STOPPED, 0 listings");

		before = this.simulator.statistics().listAnswers();
		Ended complete = process.run(run);

		assertThat(complete.exitCode()).as(complete.err()).isZero();
		assertThat(complete.out()).contains("Run 1 is complete");
		assertThat(this.simulator.statistics().listAnswers() - before).isBetween(20L, 21L);
		assertThat(this.simulator.statistics().jobAnswers()).isEqualTo(30);
		assertThat(this.jdbc.sql("select listed || ' ' || in_both || ' ' || never_audited from audit.v_completeness")
			.query(String.class)
			.single()).isEqualTo("2000 30 1970");
	}

	private void awaitPages(long pages) {
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.pollInterval(20, TimeUnit.MILLISECONDS)
			.until(() -> this.simulator.statistics().listAnswers() >= pages);
	}

	private String status() {
		return this.jdbc.sql(
				"select status || ', ' || (select count(*) from audit.audit_listing) || ' listings' from audit.audit_run")
			.query(String.class)
			.single();
	}

	private long calls() {
		return this.simulator.statistics().calls();
	}

	private AuditProcess process() {
		return settings(new AuditProcess(this.directory)).database(this.database);
	}

	private AuditProcess settings(AuditProcess process) {
		return process.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint())
			.setting("audit.api.rate", 0)
			.setting("audit.retry.max-delay", "300ms");
	}

	private Path input(List<String> ids) throws IOException {
		return Files.write(this.directory.resolve("ids.csv"), concat(List.of("job_id"), ids));
	}

	private static List<String> ids(String prefix, int count) {
		return IntStream.range(0, count).mapToObj((number) -> prefix + number).toList();
	}

	private static List<String> concat(List<String> first, List<String> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

	private static String line(String id) {
		SimulatedJob job = job(id);
		return String.join(",", id, job.jobType(), job.state(), job.createTime().toString());
	}

	private static SimulatedJob job(String id) {
		return SimulatedJobs.of(id).orElseThrow();
	}

}
