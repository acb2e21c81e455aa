package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.report.RunSummaries;
import io.jobaudit.simulator.SimulatedJobs;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A run that is shared with a worker. */
class SpreadIT {

	private static final List<String> IDS = IntStream.range(0, 300).mapToObj((i) -> "spread-" + i).toList();

	private static final int CONCURRENCY = 4;

	private static final int PART = 50;

	/** Long enough that a single worker would take a minute. */
	private static final Duration LATENCY = Duration.ofSeconds(1);

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withLatency(LATENCY, LATENCY));

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void aWorkerGoesOnWhenTheProcessIsKilledAndTheSameCommandSaysHowItEnds() throws Exception {
		Files.write(this.directory.resolve("ids.csv"), IDS);
		Running first = process("first").start("run", "--ids", "ids.csv", "--spread");
		Running worker = process("worker").start("worker");
		try {
			awaitPartOf("first");
			awaitPartOf("worker");
			first.signal("KILL");
			Running second = process("second").start("run", "--ids", "ids.csv", "--spread");
			Ended plain = process("plain").run("run", "--ids", "ids.csv");
			awaitPartOf("second");
			awaitMetrics("worker", "jobaudit_run_in_progress{account=\"default\",region=\"cn-shanghai\"} 1.0");
			awaitMetrics("worker-worker-worker", "jobaudit_worker_parts{node=\"worker\"} 1.0");
			assertThat(metric("worker", "jobaudit_items{") + metric("worker", "jobaudit_items_pending{"))
				.as("outcomes and what is pending, of all parts")
				.isEqualTo(IDS.size());
			assertThat(metric("worker-worker-worker", "jobaudit_worker_heartbeat{")).isBetween(0.0, 1.0);
			this.simulator.change((options) -> options.withLatency(Duration.ZERO, Duration.ZERO));
			Ended again = second.await();

			assertThat(plain.exitCode()).as(plain.err()).isEqualTo(75);
			assertThat(plain.err()).contains("run 1, which workers share, ");

			assertThat(again.exitCode()).as(again.err()).isZero();
			assertThat(again.out()).contains("Run 1 is complete", "It adds up.");
			awaitMetrics("worker", "jobaudit_run_exit_code{account=\"default\",region=\"cn-shanghai\"} 0.0");
			worker.signal("TERM");
			assertThat(worker.await(Duration.ofSeconds(10)).exitCode()).isEqualTo(143);
		}
		finally {
			worker.process().destroyForcibly();
		}
		assertThat(this.simulator.statistics().calls()).isBetween((long) IDS.size(),
				IDS.size() + 2L * CONCURRENCY + PART);
		assertThat(this.jdbc.sql("select job_id || ' ' || state from audit.smart_job order by job_id collate \"C\"")
			.query(String.class)
			.list())
			.isEqualTo(IDS.stream()
				.map(SimulatedJobs::of)
				.flatMap(Optional::stream)
				.map((job) -> job.jobId() + " " + job.state())
				.sorted()
				.toList());
		assertThat(number("select count(*) from audit.audit_run where status = 'COMPLETED' and exit_code = 0")).isOne();
		assertThat(number("select count(*) from audit.audit_run")).isOne();
		assertThat(number("select count(*) from audit.scheduled_tasks")).isZero();
		assertThat(number("select sum(losses) from audit.audit_part")).as("the part of the process that was killed")
			.isBetween(1L, 2L);
		for (String node : List.of("worker", "second")) {
			assertThat(metric(node, "jobaudit_items{")).as(node).isEqualTo(IDS.size());
			assertThat(metric(node, "jobaudit_run_in_progress{")).isZero();
			assertThat(metric(node, "jobaudit_parts_lost{"))
				.isEqualTo(number("select sum(losses) from audit.audit_part"));
			assertThat(metric(node + "-worker-" + node, "jobaudit_worker_parts{")).isZero();
		}
		JsonNode parts = RunSummaries.read(this.directory.resolve("reports/run-1")).get("parts");
		assertThat(parts.get("parts").asLong()).isEqualTo(number("select count(*) from audit.audit_part"));
		assertThat(parts.get("lost").asLong()).isEqualTo(number("select sum(losses) from audit.audit_part"));
		assertThat(parts.get("workers").asInt()).as("the worker and the second process, perhaps the first one")
			.isBetween(2, 3);
	}

	private void awaitPartOf(String node) {
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.until(() -> number("select count(*) from audit.audit_part where node like '%s-%%'".formatted(node)) > 0);
	}

	private void awaitMetrics(String file, String line) {
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.ignoreExceptions()
			.until(() -> metrics(file).lines().anyMatch(line::equals));
	}

	/** Sum of the samples whose lines begin with a text. */
	private double metric(String file, String beginning) throws IOException {
		return metrics(file).lines()
			.filter((line) -> line.startsWith(beginning))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	private String metrics(String file) throws IOException {
		return Files.readString(this.directory.resolve(file + ".prom"));
	}

	private long number(String sql) {
		return this.jdbc.sql(sql).query(Long.class).single();
	}

	private AuditProcess process(String node) {
		SimulatorOptions keys = SimulatorOptions.defaults();
		return new AuditProcess(this.directory).database(this.database)
			.key(keys.accessKeyId(), keys.accessKeySecret())
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint())
			.setting("audit.api.rate", 0)
			.setting("audit.api.concurrency", CONCURRENCY)
			.setting("audit.metrics.textfile", node + ".prom")
			.setting("audit.metrics.interval", "1s")
			.setting("audit.scale.node", node)
			.setting("audit.scale.max-lanes", 2)
			.setting("audit.scale.parts", 1)
			.setting("audit.scale.part-size", PART)
			.setting("audit.scale.heartbeat", "500ms")
			.setting("audit.scale.poll-interval", "200ms");
	}

}
