package io.jobaudit.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A million ids in 256 MB of heap, as a process of its own.
 * {@code ./mvnw test -Pbench -Dtest=MillionIdsBenchmark}, with {@code -Dbench.ids=N} for
 * another number.
 */
@Tag("bench")
class MillionIdsBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(MillionIdsBenchmark.class);

	@TempDir
	private Path directory = Path.of("");

	@Test
	void rowsPerSecondOfEachStepAndPeakMemory() throws IOException {
		int ids = Integer.getInteger("bench.ids", 1_000_000);
		PGSimpleDataSource database = TestPostgres.emptyDatabase();
		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			Ended ended = new AuditProcess(this.directory).database(database)
				.key("simulator", "simulator-secret")
				.jvmOptions("-Xmx256m")
				.setting("audit.api.region", "cn-shanghai")
				.setting("audit.api.endpoint", simulator.endpoint())
				.setting("audit.api.rate", 0)
				.setting("audit.store.chunk-size", 500)
				.run("run", "--ids", write(ids).toString());

			assertThat(ended.exitCode()).as(ended.err()).isZero();
			LOG.info("{} ids with -Xmx256m: peak resident memory {} MB", ids, ended.peakResidentBytes() >> 20);
			JdbcClient.create(database).sql("""
					select format('%s: %s s, %s rows/s', step_name, round(seconds, 1), round(:ids / seconds))
					from (select step_name, step_execution_id, extract(epoch from end_time - start_time) as seconds
					  from batch.batch_step_execution) step
					where seconds > 0 order by step_execution_id
					""").param("ids", ids).query(String.class).list().forEach(LOG::info);
		}
	}

	private Path write(int ids) throws IOException {
		Path file = this.directory.resolve("ids.csv");
		try (BufferedWriter out = Files.newBufferedWriter(file)) {
			out.write("job_id,team\n");
			for (int i = 0; i < ids; i++) {
				out.write("million-%08d,team-%d%n".formatted(i, i % 7));
			}
		}
		return file;
	}

}
