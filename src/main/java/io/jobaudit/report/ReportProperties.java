package io.jobaudit.report;

import java.nio.file.Path;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where reports go, whose clock they speak and what a site has in them.
 *
 * @param directory parent of the runs' directories, {@code reports} when not set
 * @param zone zone of instants and days in the reports, the system's when not set
 * @param definitions directory of the site's own workbooks, {@code config/report} when
 * not set; it need not be there
 */
@ConfigurationProperties("audit.report")
public record ReportProperties(Path directory, ZoneId zone, Path definitions) {

	public ReportProperties(@Nullable Path directory, @Nullable ZoneId zone, @Nullable Path definitions) {
		this.directory = (directory != null) ? directory : Path.of("reports");
		this.zone = (zone != null) ? zone : ZoneId.systemDefault();
		this.definitions = (definitions != null) ? definitions : Path.of("config", "report");
		if (this.directory.toString().isBlank()) {
			throw new IllegalArgumentException(
					"audit.report.directory must name a directory, for example \"reports\", but it is blank");
		}
	}

}
