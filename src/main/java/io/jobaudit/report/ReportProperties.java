package io.jobaudit.report;

import java.nio.file.Path;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where reports go and whose clock they speak.
 *
 * @param directory parent of the runs' directories, {@code reports} when not set
 * @param zone zone of instants and days in the reports, the system's when not set
 */
@ConfigurationProperties("audit.report")
public record ReportProperties(Path directory, ZoneId zone) {

	public ReportProperties(@Nullable Path directory, @Nullable ZoneId zone) {
		this.directory = (directory != null) ? directory : Path.of("reports");
		this.zone = (zone != null) ? zone : ZoneId.systemDefault();
		if (this.directory.toString().isBlank()) {
			throw new IllegalArgumentException(
					"audit.report.directory must name a directory, for example \"reports\", but it is blank");
		}
	}

}
