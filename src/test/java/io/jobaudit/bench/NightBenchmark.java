package io.jobaudit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.store.QueryPlans;
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
 * What a night costs after many others: 20,000 ids of which 1,000 are new, an API without
 * latency or limit. The server must run on this machine, and tells the truth only if it
 * is durable: {@code TEST_DATABASE_URL=... ./mvnw test -Pbench -Dtest=NightBenchmark}.
 */
@Tag("bench")
class NightBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(NightBenchmark.class);

	private static final int IDS = 20_000;

	private static final int NEW_IDS = 1000;

	/** Fields 14 to 17 of a process: its own time and that of children that ended. */
	private static final int FIRST_TIME = 14;

	private static final double TICKS_PER_SECOND = 100;

	@TempDir
	private Path directory = Path.of("");

	@ParameterizedTest
	@ValueSource(ints = { 3, 12, 51, 366 })
	void processorTimeOfServerAndProgram(int night) throws Exception {
		PGSimpleDataSource database = TestPostgres.migratedDatabase();
		JdbcClient jdbc = JdbcClient.create(database);
		try (Connection connection = database.getConnection()) {
			QueryPlans.history(connection, night - 1, IDS, NEW_IDS);
		}
		jdbc.sql("analyze").update();
		List<String> ids = jdbc.sql("select md5('job' || n) from generate_series(:first + 1, :first + :ids) n")
			.param("first", NEW_IDS * (night - 1))
			.param("ids", IDS)
			.query((row, number) -> row.getString(1))
			.list();
		Path file = Files.write(this.directory.resolve("ids.csv"),
				Stream.concat(Stream.of("job_id"), ids.stream()).toList());
		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			double before = serverSeconds(jdbc);
			long start = System.nanoTime();
			Ended ended = new AuditProcess(this.directory).database(database)
				.key("simulator", "simulator-secret")
				.setting("audit.api.region", "cn-shanghai")
				.setting("audit.api.endpoint", simulator.endpoint())
				.setting("audit.api.rate", 0)
				.setting("audit.api.concurrency", 64)
				.run("run", "--ids", file.toString());
			double wall = (System.nanoTime() - start) / 1e9;

			assertThat(ended.exitCode()).as(ended.err()).isZero();
			LOG.info("night {}: {} calls, server {} s of processor time, {} s in all", night,
					simulator.statistics().calls(), Math.round((serverSeconds(jdbc) - before) * 10) / 10.0,
					Math.round(wall * 10) / 10.0);
			jdbc.sql("""
					select format('  %s: %s s', step_name, round(extract(epoch from end_time - start_time), 1))
					from batch.batch_step_execution order by step_execution_id
					""").query(String.class).list().forEach(LOG::info);
		}
	}

	/** Of the postmaster, the parent of this backend, and of all its children. */
	private static double serverSeconds(JdbcClient jdbc) throws IOException {
		long backend = jdbc.sql("select pg_backend_pid()").query(Long.class).single();
		ProcessHandle postmaster = ProcessHandle.of(backend).orElseThrow().parent().orElseThrow();
		double ticks = ticks(postmaster);
		for (ProcessHandle child : postmaster.children().toList()) {
			ticks += ticks(child);
		}
		return ticks / TICKS_PER_SECOND;
	}

	private static double ticks(ProcessHandle process) throws IOException {
		String[] fields = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"))
			.replaceFirst("\\(.*\\)", "x")
			.split(" ");
		double sum = 0;
		for (int field = FIRST_TIME; field < FIRST_TIME + 4; field++) {
			sum += Double.parseDouble(fields[field - 1]);
		}
		return sum;
	}

}
