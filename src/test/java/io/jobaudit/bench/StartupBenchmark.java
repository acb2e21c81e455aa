package io.jobaudit.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run of 100 ids from the start of its process to its end, median of five, with the
 * start-up archive and as a plain jar. Needs the jar of the build:
 * {@code ./mvnw test -Pbench -Dtest=StartupBenchmark -Djob-audit.jar=target/job-audit.jar}
 */
@Tag("bench")
class StartupBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(StartupBenchmark.class);

	private static final int IDS = 100;

	private static final int ROUNDS = 5;

	@TempDir
	private Path directory = Path.of("");

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void processStartToExit(boolean archive) throws Exception {
		Path file = Files.write(this.directory.resolve("ids.csv"),
				IntStream.range(0, IDS).mapToObj((i) -> "startup-" + i).toList());
		List<Double> wall = new ArrayList<>();
		List<Double> processor = new ArrayList<>();
		List<Double> megabytes = new ArrayList<>();
		try (SimulatorProcess simulator = SimulatorProcess.start(this.directory, Duration.ofMillis(50))) {
			for (int round = 0; round < ROUNDS; round++) {
				AuditProcess program = new AuditProcess(this.directory).database(TestPostgres.migratedDatabase())
					.key("simulator", "simulator-secret")
					.setting("audit.api.region", "cn-shanghai")
					.setting("audit.api.endpoint", simulator.endpoint())
					.setting("audit.api.rate", 0)
					.setting("audit.api.concurrency", 64);
				program = archive ? program.jvmOptions("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
						: program.packaged().jvmOptions();
				double before = ProcessorTime.ofEndedChildren();
				long start = System.nanoTime();
				Ended ended = program.run("run", "--ids", file.toString(), "--reports", "reports-" + round);
				wall.add((System.nanoTime() - start) / 1e9);
				processor.add(ProcessorTime.ofEndedChildren() - before);
				megabytes.add(ended.peakResidentBytes() / 1e6);

				assertThat(ended.exitCode()).as(ended.err()).isZero();
			}
		}
		LOG.info("{} ids, {}: {} s, {} s of processor time, {} MB", IDS, archive ? "archive" : "plain jar",
				median(wall), median(processor), median(megabytes));
	}

	private static String median(List<Double> figures) {
		return "%.2f".formatted(figures.stream().sorted().toList().get(ROUNDS / 2));
	}

}
