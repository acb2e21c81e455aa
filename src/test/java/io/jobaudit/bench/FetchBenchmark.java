package io.jobaudit.bench;

import java.nio.charset.StandardCharsets;
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
 * Fetching beside its yardsticks, the {@link BoundClient} and a loop over the vendor's
 * SDK, against the same stand-in. Of 64 answers none or one has 2 MB:
 * {@code TEST_DATABASE_URL=... ./mvnw test -Pbench -Dtest=FetchBenchmark}.
 */
@Tag("bench")
class FetchBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(FetchBenchmark.class);

	private static final int IDS = Integer.getInteger("bench.ids", 30_000);

	private static final int IN_FLIGHT = 64;

	private static final int LARGE_EVERY = 64;

	@TempDir
	private Path directory = Path.of("");

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void callsPerSecondAndProcessorTimeOfThreeClients(boolean largeAnswers) throws Exception {
		Path file = Files.write(this.directory.resolve("ids.csv"),
				IntStream.range(0, IDS)
					.mapToObj((i) -> ((largeAnswers && i % LARGE_EVERY == 0) ? "large-" : "fetch-") + i)
					.toList());
		try (SimulatorProcess simulator = SimulatorProcess.start(this.directory, Duration.ofMillis(50))) {
			LOG.info("large answers {}, bound client: {}", largeAnswers,
					client("BoundClient", simulator.endpoint(), file.toString(), Integer.toString(IN_FLIGHT)));
			LOG.info("large answers {}, vendor's SDK: {}", largeAnswers, vendorSdk(simulator, file));
			LOG.info("large answers {}, program: {}", largeAnswers, program(simulator, file));
		}
	}

	private String vendorSdk(SimulatorProcess simulator, Path file) throws Exception {
		PGSimpleDataSource database = TestPostgres.emptyDatabase();
		double before = ProcessorTime.ofEndedChildren();
		String line = client("VendorSdkLoop", simulator.endpoint(), file.toString(), Integer.toString(IN_FLIGHT),
				"%s&user=%s&password=%s".formatted(database.getUrl(), database.getUser(), database.getPassword()),
				this.directory.resolve("sdk.xlsx").toString());
		return line + "; %.1f s in all".formatted(ProcessorTime.ofEndedChildren() - before);
	}

	private String program(SimulatorProcess simulator, Path file) throws Exception {
		PGSimpleDataSource database = TestPostgres.migratedDatabase();
		JdbcClient jdbc = JdbcClient.create(database);
		double before = ProcessorTime.ofEndedChildren();
		Running running = new AuditProcess(this.directory).database(database)
			.key("simulator", "simulator-secret")
			.jvmOptions(System.getProperty("bench.options", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC").split(" "))
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", simulator.endpoint())
			.setting("audit.api.rate", 0)
			.setting("audit.api.concurrency", IN_FLIGHT)
			.start("run", "--ids", file.toString());
		int halfway = stored(jdbc, IDS / 2);
		double processorHalfway = ProcessorTime.of(running.pid());
		int end = stored(jdbc, IDS);
		double processorEnd = ProcessorTime.of(running.pid());
		Ended ended = running.await();

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		return jdbc.sql("""
				select format('%s calls/s, %s',
				  (select round(api_calls * 1000.0 / api_fetch_ms) from audit.audit_run),
				  round(count(*) / 2 / extract(epoch from max(fetched_at)
				    - percentile_disc(0.5) within group (order by fetched_at))))
				from audit.smart_job
				""").query(String.class).single()
				+ " and %.2f ms of processor time per call in the second half; %.1f s in all".formatted(
						(processorEnd - processorHalfway) * 1000 / (end - halfway),
						ProcessorTime.ofEndedChildren() - before);
	}

	/** Waits until so many jobs are stored, and says how many there are. */
	private static int stored(JdbcClient jdbc, int jobs) {
		return Awaitility.await()
			.atMost(Duration.ofMinutes(5))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> jdbc.sql("select count(*) from audit.smart_job").query(Integer.class).single(),
					(found) -> found >= jobs);
	}

	private static String client(String name, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-Dsun.net.http.allowRestrictedHeaders=true", "-cp", System.getProperty("java.class.path"),
						FetchBenchmark.class.getPackageName() + "." + name));
		command.addAll(List.of(arguments));
		Process client = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		String line = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		assertThat(client.waitFor()).as(line).isZero();
		return line;
	}

}
