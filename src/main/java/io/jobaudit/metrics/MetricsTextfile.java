package io.jobaudit.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file for the node exporter's textfile collector: it is always whole, and others may
 * read it.
 */
final class MetricsTextfile {

	private static final Logger LOG = LoggerFactory.getLogger(MetricsTextfile.class);

	private final Path file;

	MetricsTextfile(Path file) {
		this.file = file.toAbsolutePath();
	}

	/**
	 * Writes the file anew; where it cannot be written, that is logged.
	 * @param text what it says from now on
	 */
	void write(String text) {
		try {
			replace(CarriedSuccess.into(text, before()));
		}
		catch (IOException | RuntimeException ex) {
			LOG.warn("The metrics are not in {} (audit.metrics.textfile): {}", this.file, ex.toString());
		}
	}

	private String before() {
		try {
			return Files.readString(this.file);
		}
		catch (IOException ex) {
			LOG.debug("No metrics to carry over", ex);
			return "";
		}
	}

	private void replace(String text) throws IOException {
		Path temporary = Files.createTempFile(this.file.getParent(), "." + this.file.getFileName() + "-", ".tmp");
		try {
			Files.writeString(temporary, text);
			if (Files.getFileAttributeView(temporary, PosixFileAttributeView.class) != null) {
				Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
			}
			Files.move(temporary, this.file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

}
