package io.jobaudit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run of 100 ids from the start of its process to its end: the installed program and
 * the plain jar in turn, medians of five pairs. Needs both, and takes the Java of the
 * build for them:
 * {@code ./mvnw test -Pbench -Dtest=StartupBenchmark -Djob-audit.jar=target/job-audit.jar
 * -Djob-audit.program=/usr/bin/job-audit}
 */
@Tag("bench")
class StartupBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(StartupBenchmark.class);

	private static final int IDS = 100;

	private static final int ROUNDS = 5;

	@TempDir
	private Path directory = Path.of("");

	@Test
	void processStartToExit() throws Exception {
		Path program = Path.of(System.getProperty("job-audit.program"));
		Path file = Files.write(this.directory.resolve("ids.csv"),
				IntStream.range(0, IDS).mapToObj((i) -> "startup-" + i).toList());
		List<Cost> installed = new ArrayList<>();
		List<Cost> plain = new ArrayList<>();
		try (SimulatorProcess simulator = SimulatorProcess.start(this.directory, Duration.ofMillis(50))) {
			for (int round = 0; round < ROUNDS; round++) {
				installed.add(cost(new AuditProcess(this.directory).installed(program), simulator, file));
				plain.add(cost(new AuditProcess(this.directory).packaged().jvmOptions(), simulator, file));
			}
		}
		LOG.info("{} ids, Java {}: installed {}, plain jar {}; {} of its processor time", IDS, Runtime.version(),
				text(installed), text(plain),
				"%.2f".formatted(median(installed, Cost::processor) / median(plain, Cost::processor)));
	}

	private Cost cost(AuditProcess program, SimulatorProcess simulator, Path file) throws IOException {
		program.database(TestPostgres.migratedDatabase())
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", simulator.endpoint())
			.setting("audit.api.rate", 0)
			.setting("audit.api.concurrency", 64);
		double before = ProcessorTime.ofEndedChildren();
		long start = System.nanoTime();
		Ended ended = program.run("run", "--ids", file.toString());
		Cost cost = new Cost((System.nanoTime() - start) / 1e9, ProcessorTime.ofEndedChildren() - before,
				ended.peakResidentBytes() / 1e6);

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		FileSystemUtils.deleteRecursively(this.directory.resolve("reports"));
		return cost;
	}

	private static String text(List<Cost> costs) {
		return "%.2f s, %.2f s of processor time, %.0f MB".formatted(median(costs, Cost::wall),
				median(costs, Cost::processor), median(costs, Cost::megabytes));
	}

	private static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
		return costs.stream().mapToDouble(figure).sorted().toArray()[ROUNDS / 2];
	}

	private record Cost(double wall, double processor, double megabytes) {
	}

}
