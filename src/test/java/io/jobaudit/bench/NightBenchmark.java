package io.jobaudit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a night costs after many others: 20,000 ids of which 1,000 are new, an API without
 * latency or limit. The server must run on this machine, and tells the truth only if it
 * is durable: {@code TEST_DATABASE_URL=... ./mvnw test -Pbench -Dtest=NightBenchmark}.
 * Five nights follow one another; a vacuum comes between them, as it does in a day. The
 * first ones make room for the ids of an open run, which the next ones use again, so
 * growth is that of the others.
 */
@Tag("bench")
class NightBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(NightBenchmark.class);

	private static final int IDS = 20_000;

	private static final int NEW_IDS = 1000;

	private static final int NIGHTS = 5;

	/** Nights until rooms in indexes are used again. */
	private static final int SETTLED = 2;

	@TempDir
	private Path directory = Path.of("");

	@ParameterizedTest
	@ValueSource(ints = { 3, 12, 51, 366 })
	void processorTimeOfServerAndProgram(int night) throws Exception {
		PGSimpleDataSource database = TestPostgres.migratedDatabase();
		JdbcClient jdbc = JdbcClient.create(database);
		history(database, jdbc, night - 1);
		List<Double> server = new ArrayList<>();
		List<Double> program = new ArrayList<>();
		List<Double> wall = new ArrayList<>();
		List<Long> sizes = new ArrayList<>();
		Map<String, Long> settled = new TreeMap<>();
		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			for (int n = night; n < night + NIGHTS; n++) {
				Path ids = ids(jdbc, n);
				double before = new ServerTime(database).seconds();
				double childrenBefore = ProcessorTime.ofEndedChildren();
				long start = System.nanoTime();
				Ended ended = run(database, simulator, ids);
				wall.add((System.nanoTime() - start) / 1e9);
				program.add(ProcessorTime.ofEndedChildren() - childrenBefore);
				await().pollDelay(Duration.ofSeconds(10)).timeout(Duration.ofSeconds(11)).until(() -> true);

				assertThat(ended.exitCode()).as(ended.err()).isZero();
				server.add(new ServerTime(database).seconds() - before);
				sizes.add(vacuumed(jdbc));
				if (sizes.size() == SETTLED) {
					settled.putAll(relations(jdbc));
				}
			}
		}
		LOG.info(
				"night {}: server {} s and program {} s of processor time, {} s in all; the database grew by {} MB a night",
				night, median(server), median(program), median(wall),
				Math.round((sizes.get(NIGHTS - 1) - sizes.get(SETTLED - 1)) / 1e4 / (NIGHTS - SETTLED)) / 100.0);
		jdbc.sql("""
				select format('  %s: %s s', step_name, round(extract(epoch from end_time - start_time), 1))
				from batch.batch_step_execution order by step_execution_id desc limit 6
				""").query(String.class).list().forEach(LOG::info);
		Map<String, Long> last = relations(jdbc);
		last.replaceAll((name, bytes) -> (bytes - settled.getOrDefault(name, 0L)) / 1024 / (NIGHTS - SETTLED));
		last.entrySet()
			.stream()
			.filter((grown) -> grown.getValue() != 0)
			.sorted(Map.Entry.<String, Long>comparingByValue().reversed())
			.forEach((grown) -> LOG.info("  {}: {} KB a night", grown.getKey(), grown.getValue()));
	}

	/** Bytes of each table, index and TOAST table; parts count for the whole. */
	private static Map<String, Long> relations(JdbcClient jdbc) {
		Map<String, Long> sizes = new TreeMap<>();
		jdbc.sql(
				"""
						select regexp_replace(coalesce(t.oid, c.oid)::regclass || case c.relkind when 't' then ' toast' else '' end,
						  '_[0-9]+', '_N', 'g') as name, sum(pg_table_size(c.oid) - coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0)) as bytes
						from pg_class c left join pg_class t on t.reltoastrelid = c.oid
						where c.relkind in ('r', 'i', 't') group by name
						""")
			.query((RowCallbackHandler) (row) -> sizes.put(row.getString("name"), row.getLong("bytes")));
		return sizes;
	}

	/** As this release leaves it. */
	private static void history(PGSimpleDataSource database, JdbcClient jdbc, int nights) throws SQLException {
		try (Connection connection = database.getConnection()) {
			QueryPlans.history(connection, nights, IDS, NEW_IDS);
		}
		jdbc.sql("update audit.audit_run set reads_blocks = true").update();
		jdbc.sql("select sum(audit.compact_ledger(run_id)) from audit.audit_run").query(Long.class).single();
		jdbc.sql("select oid::regclass::text from pg_class where 'autovacuum_enabled=false' = any(reloptions)")
			.query((row, number) -> row.getString(1))
			.list()
			.forEach((table) -> jdbc.sql("alter table " + table + " reset (autovacuum_enabled)").update());
		jdbc.sql("vacuum full audit.audit_item_row").update();
	}

	/** Bytes of the database. */
	private static long vacuumed(JdbcClient jdbc) {
		jdbc.sql("vacuum (analyze)").update();
		return jdbc.sql("select pg_database_size(current_database())").query(Long.class).single();
	}

	private Path ids(JdbcClient jdbc, int night) throws IOException {
		List<String> ids = jdbc.sql("select md5('job' || n) from generate_series(:first + 1, :first + :ids) n")
			.param("first", NEW_IDS * (night - 1))
			.param("ids", IDS)
			.query((row, number) -> row.getString(1))
			.list();
		return Files.write(this.directory.resolve("ids-" + night + ".csv"),
				Stream.concat(Stream.of("job_id"), ids.stream()).toList());
	}

	private Ended run(PGSimpleDataSource database, Simulator simulator, Path ids) {
		return new AuditProcess(this.directory).database(database)
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", simulator.endpoint())
			.setting("audit.api.rate", 0)
			.setting("audit.api.concurrency", 64)
			.run("run", "--ids", ids.toString());
	}

	private static double median(List<Double> values) {
		return Math.round(10 * values.stream().sorted().toList().get(values.size() / 2)) / 10.0;
	}

}
