package io.jobaudit.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fetching beside its yardstick, the {@link BoundClient}, against the same stand-in:
 * {@code TEST_DATABASE_URL=... ./mvnw test -Pbench -Dtest=FetchBenchmark}.
 */
@Tag("bench")
class FetchBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(FetchBenchmark.class);

	private static final int IDS = Integer.getInteger("bench.ids", 30_000);

	private static final int IN_FLIGHT = 64;

	@TempDir
	private Path directory = Path.of("");

	@Test
	void callsPerSecondOfBoundClientAndProgram() throws Exception {
		Path file = Files.write(this.directory.resolve("ids.csv"),
				IntStream.range(0, IDS).mapToObj((i) -> "fetch-" + i).toList());
		try (SimulatorProcess simulator = SimulatorProcess.start(this.directory, Duration.ofMillis(50))) {
			LOG.info("bound client: {}", boundClient(simulator));

			PGSimpleDataSource database = TestPostgres.migratedDatabase();
			double before = ProcessorTime.ofEndedChildren();
			Ended ended = new AuditProcess(this.directory).database(database)
				.key("simulator", "simulator-secret")
				.jvmOptions("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
				.setting("audit.api.region", "cn-shanghai")
				.setting("audit.api.endpoint", simulator.endpoint())
				.setting("audit.api.rate", 0)
				.setting("audit.api.concurrency", IN_FLIGHT)
				.run("run", "--ids", file.toString());
			double processor = ProcessorTime.ofEndedChildren() - before;

			assertThat(ended.exitCode()).as(ended.err()).isZero();
			LOG.info("program: {}, {} ms of processor time per call, start and reports included",
					JdbcClient.create(database).sql("""
							select format('%s calls/s, %s in the second half',
							              (select round(api_calls * 1000.0 / api_fetch_ms) from audit.audit_run),
							              round(count(*) / 2 / extract(epoch from max(fetched_at)
							                - percentile_disc(0.5) within group (order by fetched_at))))
							from audit.smart_job
							""").query(String.class).single(), "%.2f".formatted(processor * 1000 / IDS));
		}
	}

	private static String boundClient(SimulatorProcess simulator) throws Exception {
		Process client = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dsun.net.http.allowRestrictedHeaders=true", "-cp", System.getProperty("java.class.path"),
				BoundClient.class.getName(), simulator.endpoint(), Integer.toString(IDS), Integer.toString(IN_FLIGHT))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String line = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		assertThat(client.waitFor()).as(line).isZero();
		return line;
	}

}
