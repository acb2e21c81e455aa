package io.jobaudit.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class MetricsTextfileTest {

	private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final Gauges gauges = new Gauges(this.meters, Tags.of("account", "a", "region", "r"));

	@TempDir
	private Path directory = Path.of("");

	@Test
	void othersMayReadItAndNothingElseIsLeft() throws Exception {
		MetricsTextfile textfile = textfile("a.prom");
		this.gauges.gauge(Metric.RUN_EXIT_CODE, 0);
		textfile.write();
		this.gauges.gauge(Metric.RUN_EXIT_CODE, 69);
		textfile.write();

		Path file = this.directory.resolve("a.prom");
		assertThat(file).hasContent("""
				# HELP jobaudit_run_exit_code %s
				# TYPE jobaudit_run_exit_code gauge
				jobaudit_run_exit_code{account="a",region="r"} 69.0
				""".formatted(Metric.RUN_EXIT_CODE.help()));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r--r--");
		assertThat(names()).containsExactly("a.prom");
	}

	@Test
	void whoReadsWhileItIsWrittenSeesAWholeFileAndNoSecondOne() throws Exception {
		Path file = this.directory.resolve("a.prom");
		MetricsTextfile textfile = textfile("a.prom");
		AtomicLong value = new AtomicLong();
		IntStream.range(0, 2_000)
			.forEach((i) -> this.meters.gauge("a", Tags.of("i", Integer.toString(i)), value, AtomicLong::doubleValue));
		textfile.write();
		String first = Files.readString(file);
		String second = first.replace("} 0.0\n", "} 1.0\n");
		ExecutorService writer = Executors.newSingleThreadExecutor();
		try {
			Future<?> written = writer.submit(() -> {
				for (int i = 1; i <= 100; i++) {
					value.set(i % 2);
					textfile.write();
				}
			});
			while (!written.isDone()) {
				assertThat(Files.readString(file)).satisfiesAnyOf((read) -> assertThat(read).isEqualTo(first),
						(read) -> assertThat(read).isEqualTo(second));
				assertThat(names().stream().filter((name) -> name.endsWith(".prom"))).hasSize(1);
			}
			written.get();
		}
		finally {
			writer.shutdownNow();
		}
	}

	@Test
	void aPathThatCannotBeWrittenIsLogged(CapturedOutput output) throws Exception {
		Files.createDirectory(this.directory.resolve("a.prom"));
		Files.createFile(this.directory.resolve("a.prom/inside"));

		textfile("a.prom").write();
		textfile("nowhere/a.prom").write();

		assertThat(names()).containsExactly("a.prom");
		assertThat(output).contains("WARN", "Cannot write the metrics to " + this.directory.resolve("a.prom"),
				"(audit.metrics.textfile): no such file or directory: " + this.directory.resolve("nowhere"));
	}

	@Test
	void theLastSuccessHasItsOwnFileAndOutlivesARunThatDoesNotKnowIt() throws Exception {
		this.gauges.gauge(Metric.RUN_EXIT_CODE, 0);
		this.gauges.gauge(Metric.LAST_SUCCESS, 17);
		textfile("a.prom").write();

		this.meters.clear();
		new Gauges(this.meters, Tags.of("account", "a", "region", "r")).gauge(Metric.RUN_EXIT_CODE, 69);
		textfile("a.prom").write();

		assertThat(ExpositionText.parse(Files.readString(this.directory.resolve("a.prom"))).samples())
			.containsOnlyKeys("jobaudit_run_exit_code{account=a, region=r}")
			.containsValue(69.0);
		assertThat(ExpositionText.parse(Files.readString(this.directory.resolve("a-last-success.prom"))).samples())
			.containsOnlyKeys("jobaudit_last_success_timestamp_seconds{account=a, region=r}")
			.containsValue(17.0);
		assertThat(names()).containsExactlyInAnyOrder("a.prom", "a-last-success.prom");
	}

	private MetricsTextfile textfile(String name) {
		return new MetricsTextfile(this.directory.resolve(name), this.meters.getPrometheusRegistry());
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((path) -> path.getFileName().toString()).toList();
		}
	}

}
