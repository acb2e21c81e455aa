package io.jobaudit.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Predicate;

import io.jobaudit.FailureReason;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two files for the node exporter's textfile collector: the metrics of the last run, and
 * the last success. Each is always complete, and readable for all.
 */
final class MetricsTextfile {

	private static final Logger LOG = LoggerFactory.getLogger(MetricsTextfile.class);

	private static final Predicate<String> LAST_SUCCESS = Metric.LAST_SUCCESS.gaugeName()::equals;

	private final Path run;

	private final Path lastSuccess;

	private final PrometheusRegistry registry;

	MetricsTextfile(Path file, PrometheusRegistry registry) {
		this.run = file.toAbsolutePath();
		this.lastSuccess = this.run
			.resolveSibling(file.getFileName().toString().replaceFirst("\\.prom$", "-last-success.prom"));
		this.registry = registry;
	}

	/**
	 * Replaces the files, except that of the last success if it is unknown. Logs a
	 * failure.
	 */
	void write() {
		try {
			replace(this.run, this.registry.scrape(LAST_SUCCESS.negate()));
			MetricSnapshots success = this.registry.scrape(LAST_SUCCESS);
			if (success.size() > 0) {
				replace(this.lastSuccess, success);
			}
		}
		catch (IOException | RuntimeException ex) {
			LOG.warn("Cannot write the metrics to {} (audit.metrics.textfile): {}", this.run, FailureReason.of(ex));
		}
	}

	private static void replace(Path file, MetricSnapshots metrics) throws IOException {
		ByteArrayOutputStream text = new ByteArrayOutputStream();
		PrometheusTextFormatWriter.create().write(text, metrics);
		Path temporary = Files.createTempFile(file.getParent(), "." + file.getFileName() + "-", ".tmp");
		try {
			Files.write(temporary, text.toByteArray());
			if (Files.getFileAttributeView(temporary, PosixFileAttributeView.class) != null) {
				Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
			}
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

}
