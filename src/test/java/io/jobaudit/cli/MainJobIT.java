package io.jobaudit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.report.RunSummaries;
import io.jobaudit.simulator.Fault;
import io.jobaudit.simulator.SimulatedJob;
import io.jobaudit.simulator.SimulatedJobs;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.Statistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole main job as a process, on 10,000 lines and an API that misbehaves: compared
 * with what the simulator knows.
 */
class MainJobIT {

	private static final int RATE = 1000;

	private static final String FAULTS = "throttle=0.002,retry-hint=0.0005,server-error=0.02,reset=0.01,cut-body=0.01,html=0.01,"
			+ "stall=0.0005,error-in-200=0.01";

	@TempDir
	private Path directory = Path.of("");

	private final PGSimpleDataSource database = TestPostgres.emptyDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	/** What is stored of a job, as far as the simulator knows the truth about it. */
	record Known(String state, String type, @Nullable String errorCode, @Nullable Long tokens) {
	}

	@Test
	void everyIdHasOneOutcomeAndEveryFigureIsTheSimulators() throws Exception {
		List<String> jobs = IntStream.range(0, 9450)
			.mapToObj((i) -> "%032x".formatted(0x9e3779b97f4a7c15L * (i + 1)))
			.toList();
		List<String> unknown = IntStream.range(0, 300).mapToObj((i) -> "unknown-" + i).toList();
		Path ids = Files.write(this.directory.resolve("ids.csv"), lines(jobs, unknown));
		SimulatorOptions options = SimulatorOptions.defaults().withFaults(Fault.parse(FAULTS));

		try (Simulator simulator = Simulator.start(options)) {
			Ended ended = process(simulator).run("run", "--ids", ids.toString());

			assertThat(ended.exitCode()).as(ended.err()).isZero();
			assertThat(outcomes()).isEqualTo(Map.of("FETCHED", 9450L, "NOT_FOUND", 300L));
			assertThat(rejected()).isEqualTo(Map.of("DUPLICATE", 200L, "BAD_CHARACTER", 50L));
			assertThat(stored()).isEqualTo(truth(jobs));
			assertSummaryAddsUp(jobs);
			assertWellBehaved(simulator.statistics());
			assertThat(ended.err()).doesNotContain("simulator-secret", "Signature=");
		}
	}

	@Test
	void aSecondNightAsksOnlyWhatIsNotFinal() throws Exception {
		List<String> jobs = IntStream.range(0, 300).mapToObj((i) -> "second-night-" + i).toList();
		long notFinal = truth(jobs).values()
			.stream()
			.filter((job) -> !List.of("Finished", "Failed").contains(job.state()))
			.count();
		Path ids = Files.write(this.directory.resolve("ids.csv"), jobs);

		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			process(simulator).jvmOptions("-XX:TieredStopAtLevel=1", "-Xlog:class+load:file=classes.log")
				.run("run", "--ids", ids.toString());
			long firstNight = simulator.statistics().calls();
			Ended ended = process(simulator).run("run", "--ids", ids.toString());

			assertThat(ended.exitCode()).as(ended.err()).isZero();
			assertThat(firstNight).isEqualTo(300);
			assertThat(simulator.statistics().calls() - firstNight).isEqualTo(notFinal).isPositive();
			assertThat(stored()).isEqualTo(truth(jobs));
			assertThat(
					this.jdbc.sql("select count(*) from audit.v_run_job where run_id = 2").query(Long.class).single())
				.isEqualTo(300);
			assertThat(Files.readString(this.directory.resolve("classes.log")))
				.contains("io.jobaudit.batch.AuditLauncher")
				.as("a run of one process needs no engine")
				.doesNotContain("com.github.kagkarlsson");
			assertThat(this.jdbc
				.sql("select (select count(*) from audit.scheduled_tasks) + (select count(*) from audit.audit_part)")
				.query(Long.class)
				.single()).isZero();
		}
	}

	private AuditProcess process(Simulator simulator) {
		return new AuditProcess(this.directory).packaged()
			.database(this.database)
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", simulator.endpoint())
			.setting("audit.api.rate", RATE)
			.setting("audit.api.concurrency", 32)
			.setting("audit.api.attempt-timeout", "2s");
	}

	/**
	 * 9,450 jobs, 300 ids that the API does not know, 200 duplicates and 50 malformed
	 * lines, shuffled.
	 */
	private static List<String> lines(List<String> jobs, List<String> unknown) {
		List<String> lines = new ArrayList<>(jobs);
		lines.addAll(unknown);
		lines.addAll(jobs.subList(0, 200));
		lines.addAll(IntStream.range(0, 50).mapToObj((i) -> "not an id " + i).toList());
		Collections.shuffle(lines, new Random(1));
		return lines;
	}

	private Map<String, Long> outcomes() {
		return counts("select outcome, count(*) from audit.audit_item group by 1");
	}

	private Map<String, Long> rejected() {
		return counts("select reason, count(*) from audit.audit_rejected_line group by 1");
	}

	private Map<String, Long> counts(String sql) {
		return this.jdbc.sql(sql)
			.query((row, number) -> Map.entry(row.getString(1), row.getLong(2)))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private Map<String, Known> stored() {
		return this.jdbc.sql("select job_id, state, job_type, error_code, total_tokens from audit.smart_job")
			.query((row, number) -> Map.entry(row.getString(1),
					new Known(row.getString(2), row.getString(3), row.getString(4), (Long) row.getObject(5))))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
	}

	private static Map<String, Known> truth(List<String> jobs) {
		return jobs.stream()
			.map(SimulatedJobs::of)
			.map(Optional::orElseThrow)
			.collect(Collectors.toMap(SimulatedJob::jobId, MainJobIT::known, (a, b) -> a, TreeMap::new));
	}

	private static Known known(SimulatedJob job) {
		return new Known(job.state(), job.jobType(), job.errorCode(),
				job.totalTokens().isPresent() ? job.totalTokens().getAsLong() : null);
	}

	private void assertSummaryAddsUp(List<String> jobs) {
		JsonNode summary = RunSummaries.read(this.directory.resolve("reports/run-1"));
		long tokens = jobs.stream()
			.map(SimulatedJobs::of)
			.flatMap(Optional::stream)
			.mapToLong((job) -> job.totalTokens().orElse(0))
			.sum();
		long reporting = truth(jobs).values().stream().filter((job) -> job.tokens() != null).count();
		assertThat(summary.at("/input").toString())
			.contains("\"lines\":10000,\"distinct\":9750,\"duplicates\":200,\"malformed\":50");
		assertThat(summary.at("/reconciled").asBoolean()).isTrue();
		assertThat(summary.at("/tokens/total").asLong()).isEqualTo(tokens);
		assertThat(summary.at("/tokens/jobsReporting").asLong()).isEqualTo(reporting);
		assertThat(summary.at("/tokens/jobsReporting").asLong() + summary.at("/tokens/jobsNotReporting").asLong()
				+ summary.at("/tokens/jobsUnreadable").asLong())
			.isEqualTo(9450);
	}

	private void assertWellBehaved(Statistics seen) {
		assertThat(seen.badSignatures()).isZero();
		assertThat(seen.replayedNonces()).isZero();
		assertThat(seen.maxCallsInAnySecond()).as("the rate, and 5 percent for the network's jitter")
			.isLessThanOrEqualTo(RATE * 105 / 100);
		assertThat(this.jdbc.sql("select api_calls from audit.audit_run").query(Long.class).single())
			.isEqualTo(seen.calls());
	}

}
