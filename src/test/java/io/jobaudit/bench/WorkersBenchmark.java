package io.jobaudit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one, two and three workers fetch from an API that takes half a second for each
 * answer, with 16 calls in flight each: 32 calls a second is the most that one can do.
 * {@code TEST_DATABASE_URL=... ./mvnw test -Pbench -Dtest=WorkersBenchmark}
 */
@Tag("bench")
class WorkersBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(WorkersBenchmark.class);

	private static final int IDS = Integer.getInteger("workers.ids", 6000);

	private static final int CONCURRENCY = 16;

	private static final Duration LATENCY = Duration.ofMillis(500);

	@TempDir
	private Path directory = Path.of("");

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void callsPerSecond(int count) throws IOException {
		PGSimpleDataSource database = TestPostgres.migratedDatabase();
		JdbcClient jdbc = JdbcClient.create(database);
		Files.write(this.directory.resolve("ids.csv"),
				IntStream.range(0, IDS).mapToObj((i) -> "workers-" + count + "-" + i).toList());
		List<Running> workers = new ArrayList<>();
		try (SimulatorProcess simulator = SimulatorProcess.start(this.directory, LATENCY)) {
			for (int number = 0; number < count; number++) {
				workers.add(process(database, simulator).start("worker"));
			}
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> workers.stream().allMatch((worker) -> says(worker, "Working on shared runs")));
			Ended shared = process(database, simulator).run("run", "--ids", "ids.csv", "--spread", "--detach");
			assertThat(shared.exitCode()).as(shared.err()).isZero();
			Awaitility.await()
				.atMost(Duration.ofMinutes(15))
				.until(() -> jdbc.sql("select exit_code from audit.audit_run")
					.query(Integer.class)
					.optional()
					.isPresent());
			double seconds = jdbc
				.sql("select extract(epoch from max(finished_at) - min(taken_at)) from audit.audit_part")
				.query(Double.class)
				.single();
			LOG.info("{} workers: {} ids in {} s, {} a second; {} would be all", count, IDS, seconds,
					Math.round(10 * IDS / seconds) / 10.0, count * CONCURRENCY * 1000 / LATENCY.toMillis());
		}
		finally {
			workers.forEach((worker) -> worker.process().destroyForcibly());
		}
	}

	private static boolean says(Running worker, String text) {
		try {
			return Files.readString(worker.err()).contains(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private AuditProcess process(PGSimpleDataSource database, SimulatorProcess simulator) {
		return new AuditProcess(this.directory).database(database)
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", simulator.endpoint())
			.setting("audit.api.rate", 0)
			.setting("audit.api.concurrency", CONCURRENCY)
			.setting("audit.scale.parts", 1)
			.setting("audit.scale.max-lanes", 3)
			.setting("audit.scale.part-size", 250)
			.setting("audit.scale.poll-interval", "200ms");
	}

}
