package io.jobaudit.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.store.QueryPlans;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A million ids in 128 MB of heap, as a process of its own: 40,000 of them are new, the
 * others are stored in a final state. The API has no latency. The server must run on this
 * machine, and tells the truth only if it is durable:
 * {@code TEST_DATABASE_URL=... ./mvnw test -Pbench -Dtest=MillionIdsBenchmark}.
 */
@Tag("bench")
class MillionIdsBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(MillionIdsBenchmark.class);

	@TempDir
	private Path directory = Path.of("");

	@ParameterizedTest
	@CsvSource({ "100000, NONE", "1000000, NONE", "1000000, FRESH", "1000000, PURGED" })
	void rowsPerSecondOfEachStepAndPeakMemory(int ids, Statistics statistics) throws Exception {
		PGSimpleDataSource database = TestPostgres.migratedDatabase();
		JdbcClient jdbc = JdbcClient.create(database);
		try (Connection connection = database.getConnection()) {
			QueryPlans.history(connection, 1, ids / 100 * 96, ids / 100 * 96);
		}
		statistics.prepare(jdbc);
		Path file = write(jdbc, ids);
		double copy = secondsToCopy(database, ids);
		ServerTime server = new ServerTime(database);
		LongestStatement longest = LongestStatement.watch(database);
		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults()); longest) {
			double before = server.seconds();
			long start = System.nanoTime();
			Ended ended = new AuditProcess(this.directory).database(database)
				.key("simulator", "simulator-secret")
				.jvmOptions("-Xmx128m")
				.setting("audit.api.region", "cn-shanghai")
				.setting("audit.api.endpoint", simulator.endpoint())
				.setting("audit.api.rate", 0)
				.setting("audit.api.concurrency", 64)
				.setting("audit.store.chunk-size", 500)
				.run("run", "--ids", file.toString());
			Duration wall = Duration.ofNanos(System.nanoTime() - start);

			assertThat(ended.exitCode()).as(ended.err()).isZero();
			assertThat(simulator.statistics().calls()).isEqualTo(ids / 100 * 4);
			LOG.info(
					"{} ids, statistics {}: {} s from start to exit, server {} s of processor time,"
							+ " peak resident memory {} MB with -Xmx128m, longest statement {}",
					ids, statistics, wall.toSeconds(), Math.round(server.seconds() - before),
					ended.peakResidentBytes() >> 20, longest);
			LOG.info("  copy of the same rows: {} rows/s", Math.round(ids / copy));
			jdbc.sql("""
					select format('  %s: %s s, %s rows/s', step_name, round(seconds, 1), round(:ids / seconds))
					from (select step_name, step_execution_id, extract(epoch from end_time - start_time) as seconds
					  from batch.batch_step_execution) step
					where seconds > 0 order by step_execution_id
					""").param("ids", ids).query(String.class).list().forEach(LOG::info);
		}
	}

	/** The ids of the night before, and new ones. */
	private Path write(JdbcClient jdbc, int ids) throws IOException {
		Path file = this.directory.resolve("ids.csv");
		try (BufferedWriter out = Files.newBufferedWriter(file)) {
			out.write("job_id,team\n");
			List<String> lines = jdbc
				.sql("select md5('job' || n) || ',team-' || n % 7 from generate_series(1, :ids) n order by n")
				.param("ids", ids)
				.query((row, number) -> row.getString(1))
				.list();
			for (String line : lines) {
				out.write(line + '\n');
			}
		}
		return file;
	}

	/** Into the table of the ledger, as the import does it; nothing of it is left. */
	private double secondsToCopy(PGSimpleDataSource database, int ids) throws SQLException, IOException {
		Path rows = this.directory.resolve("rows.csv");
		try (Connection connection = database.getConnection()) {
			JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
			PGConnection copying = connection.unwrap(PGConnection.class);
			long run = jdbc
				.sql("""
						insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
						values ('copy', 'cn-shanghai', 'FAILED', 'copy', 'copy', now(), '1.0.0', '{}') returning run_id
						""")
				.query(Long.class)
				.single();
			try (OutputStream out = Files.newOutputStream(rows)) {
				copying.getCopyAPI().copyOut("""
						copy (select %d, n, md5('job' || n), jsonb_build_object('team', 'team-' || n %% 7)
						from generate_series(1, %d) n order by n) to stdout""".formatted(run, ids), out);
			}
			long start = System.nanoTime();
			try (Reader in = Files.newBufferedReader(rows)) {
				copying.getCopyAPI()
					.copyIn("copy audit.audit_item_row (run_id, item_no, job_id, labels) from stdin", in);
			}
			double seconds = (System.nanoTime() - start) / 1e9;
			jdbc.sql("delete from audit.audit_item_row where run_id = :run").param("run", run).update();
			jdbc.sql("delete from audit.audit_run where run_id = :run").param("run", run).update();
			jdbc.sql("vacuum audit.audit_item_row").update();
			return seconds;
		}
	}

	/** What the planner knows when the night begins. */
	enum Statistics {

		NONE {
			@Override
			void prepare(JdbcClient jdbc) {
			}
		},

		FRESH {
			@Override
			void prepare(JdbcClient jdbc) {
				jdbc.sql("analyze").update();
			}
		},

		/** The ids of the night before are purged. */
		PURGED {
			@Override
			void prepare(JdbcClient jdbc) {
				jdbc.sql("delete from audit.audit_item_row").update();
				jdbc.sql("update audit.audit_run set purged_at = now()").update();
				jdbc.sql("vacuum").update();
			}
		};

		abstract void prepare(JdbcClient jdbc);

	}

}
