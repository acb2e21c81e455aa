package io.jobaudit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much of a rate the main job reaches as a process of its own, start-up of its JVM's
 * compiler included, against the simulator in this one.
 * {@code ./mvnw test -Pbench -Dtest=PaceBenchmark}
 */
@Tag("bench")
class PaceBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(PaceBenchmark.class);

	private static final Duration LATENCY = Duration.ofMillis(50);

	@TempDir
	private Path directory = Path.of("");

	@ParameterizedTest
	@CsvSource({ "50, 16, 2000, 50, 0", "200, 32, 8000, 200, 0", "1000, 80, 20000, 1000, 0", "0, 64, 20000, 1280, 0",
			"50, 16, 2000, 50, 1", "200, 32, 8000, 200, 1" })
	void callsPerSecond(int rate, int concurrency, int ids, double possible, int otherProcesses) throws IOException {
		List<Process> others = new ArrayList<>();
		for (int i = 0; i < otherProcesses; i++) {
			others.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
		}
		PGSimpleDataSource database = TestPostgres.emptyDatabase();
		List<String> lines = IntStream.range(0, ids).mapToObj((i) -> "pace-" + i).toList();
		Path file = Files.write(this.directory.resolve("ids.csv"), lines);
		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withLatency(LATENCY, LATENCY))) {
			Ended ended = new AuditProcess(this.directory).database(database)
				.key("simulator", "simulator-secret")
				.jvmOptions()
				.setting("audit.api.region", "cn-shanghai")
				.setting("audit.api.endpoint", simulator.endpoint())
				.setting("audit.api.rate", rate)
				.setting("audit.api.concurrency", concurrency)
				.run("run", "--ids", file.toString());

			assertThat(ended.exitCode()).as(ended.err()).isZero();
			double reached = JdbcClient.create(database)
				.sql("select api_calls * 1000.0 / api_fetch_ms from audit.audit_run")
				.query(Double.class)
				.single();
			double between = JdbcClient.create(database).sql("""
					select (count(*) - 1) / extract(epoch from max(fetched_at) - min(fetched_at)) from audit.smart_job
					""").query(Double.class).single();
			LOG.info(
					"rate {}, {} in flight, {} ids, {} busy processes beside it: {} % of {} in the step, {} % from the"
							+ " first answer to the last; at most {} in any second",
					rate, concurrency, ids, otherProcesses, percent(reached, possible), possible,
					percent(between, possible), simulator.statistics().maxCallsInAnySecond());
		}
		finally {
			others.forEach(Process::destroyForcibly);
		}
	}

	private static double percent(double reached, double possible) {
		return Math.round(10_000 * reached / possible) / 100.0;
	}

}
