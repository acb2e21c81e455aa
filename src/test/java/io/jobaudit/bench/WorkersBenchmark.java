package io.jobaudit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.Statistics;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers of one run as processes of their own: what one, two and three of them fetch,
 * and whether three keep one rate together.
 * {@code TEST_DATABASE_URL=... ./mvnw test -Pbench -Dtest=WorkersBenchmark}
 */
@Tag("bench")
class WorkersBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(WorkersBenchmark.class);

	private static final int IDS = Integer.getInteger("workers.ids", 6000);

	private static final int CONCURRENCY = 16;

	private static final Duration LATENCY = Duration.ofMillis(500);

	/** Half of it for programs that have just started to become fast. */
	private static final int SECONDS = 40;

	@TempDir
	private Path directory = Path.of("");

	/**
	 * An API that takes half a second for each answer, with 16 calls in flight each: 32
	 * calls a second is the most that one worker can do.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void callsPerSecond(int count) throws IOException {
		PGSimpleDataSource database = TestPostgres.migratedDatabase();
		try (SimulatorProcess simulator = SimulatorProcess.start(this.directory, LATENCY)) {
			run(count, IDS, database,
					() -> process(database, simulator.endpoint()).setting("audit.api.rate", 0)
						.setting("audit.api.concurrency", CONCURRENCY)
						.setting("audit.scale.part-size", 250));
			double seconds = JdbcClient.create(database)
				.sql("select extract(epoch from max(finished_at) - min(taken_at)) from audit.audit_part")
				.query(Double.class)
				.single();
			LOG.info("{} workers: {} ids in {} s, {} a second; {} would be all", count, IDS, seconds,
					Math.round(10 * IDS / seconds) / 10.0, count * CONCURRENCY * 1000 / LATENCY.toMillis());
		}
	}

	/**
	 * Three workers at one rate, of which the API may allow less.
	 * @param allowed calls a second that the API allows; 0 for any number
	 */
	@ParameterizedTest
	@CsvSource({ "200, 0", "600, 0", "1000, 0", "200, 150" })
	void sharedRate(int rate, int allowed) throws IOException {
		PGSimpleDataSource database = TestPostgres.migratedDatabase();
		int ids = SECONDS * rate;
		Duration latency = Duration.ofMillis(50);
		try (Simulator simulator = Simulator
			.start(SimulatorOptions.defaults().withLatency(latency, latency).withRate(allowed))) {
			ThrottledCalls throttled = new ThrottledCalls(simulator);
			run(3, ids, database, () -> process(database, simulator.endpoint()).setting("audit.api.rate", rate)
				.setting("audit.api.concurrency", 64));
			String means = JdbcClient.create(database)
				.sql("""
						select format('mean %s, of the second half %s',
						  round((count(*) - 1) / extract(epoch from max(at) - min(at)), 1),
						  round(sum(half - 1) / extract(epoch from max(at) - min(at) filter (where half = 2)), 1))
						from (select fetched_at as at, ntile(2) over (order by fetched_at) as half from audit.smart_job) as job
						""")
				.query(String.class)
				.single();
			Statistics statistics = simulator.statistics();
			String parts = JdbcClient.create(database)
				.sql("""
						select format('%s parts: %s calls, %s retries, %s lost', count(*), sum(api_calls), sum(api_retries), sum(losses))
						from audit.audit_part
						""")
				.query(String.class)
				.single();
			LOG.info(
					"3 workers, {} a second, the API allows {}: {} ids, {}, at most {} in any second;"
							+ " {} of {} calls throttled, the last one {} s after the first; {}",
					rate, allowed, ids, means, statistics.maxCallsInAnySecond(), statistics.throttled(),
					statistics.calls(), throttled.untilTheLast(), parts);
		}
	}

	private void run(int count, int ids, PGSimpleDataSource database, Supplier<AuditProcess> process)
			throws IOException {
		Files.write(this.directory.resolve("ids.csv"),
				IntStream.range(0, ids).mapToObj((i) -> "workers-" + count + "-" + i).toList());
		List<Running> workers = new ArrayList<>();
		try {
			for (int number = 0; number < count; number++) {
				workers.add(process.get().start("worker"));
			}
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> workers.stream().allMatch((worker) -> says(worker, "Working on shared runs")));
			Ended shared = process.get().run("run", "--ids", "ids.csv", "--spread", "--detach");
			assertThat(shared.exitCode()).as(shared.err()).isZero();
			Awaitility.await()
				.atMost(Duration.ofMinutes(15))
				.until(() -> JdbcClient.create(database)
					.sql("select exit_code from audit.audit_run")
					.query(Integer.class)
					.optional()
					.isPresent());
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

	private AuditProcess process(PGSimpleDataSource database, Object endpoint) {
		return new AuditProcess(this.directory).database(database)
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", endpoint)
			.setting("audit.scale.parts", 1)
			.setting("audit.scale.max-lanes", 3)
			.setting("audit.scale.poll-interval", "200ms");
	}

	/** When the API has throttled calls, looked at ten times a second. */
	private static final class ThrottledCalls {

		private final AtomicLong first = new AtomicLong();

		private final AtomicLong last = new AtomicLong();

		private final AtomicLong seen = new AtomicLong();

		ThrottledCalls(Simulator simulator) {
			Thread watch = new Thread(() -> {
				while (!Thread.currentThread().isInterrupted()) {
					look(simulator.statistics());
					LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
				}
			}, "throttled-calls");
			watch.setDaemon(true);
			watch.start();
		}

		private void look(Statistics statistics) {
			if (statistics.calls() > 0) {
				this.first.compareAndSet(0, System.nanoTime());
			}
			if (statistics.throttled() > this.seen.getAndSet(statistics.throttled())) {
				this.last.set(System.nanoTime());
			}
		}

		double untilTheLast() {
			return (this.last.get() == 0) ? 0 : Math.round((this.last.get() - this.first.get()) / 1e8) / 10.0;
		}

	}

}
