package io.jobaudit.report.subject;

import java.nio.file.Path;
import java.time.Duration;
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
 * @param groupBy whom a job is booked to: a label, {@code user_id}, or a path into its
 * user data such as {@code user_data.costCenter}; {@code cost_centre} when not set
 * @param stuckAfter age from which a job that is not final counts as stuck
 */
@ConfigurationProperties("audit.report")
public record ReportProperties(Path directory, ZoneId zone, Path definitions, String groupBy, Duration stuckAfter) {

	public ReportProperties(@Nullable Path directory, @Nullable ZoneId zone, @Nullable Path definitions,
			@Nullable String groupBy, @Nullable Duration stuckAfter) {
		this.directory = (directory != null) ? directory : Path.of("reports");
		this.zone = (zone != null) ? zone : ZoneId.systemDefault();
		this.definitions = (definitions != null) ? definitions : Path.of("config", "report");
		this.groupBy = (groupBy != null) ? groupBy : "cost_centre";
		this.stuckAfter = (stuckAfter != null) ? stuckAfter : Duration.ofHours(24);
		if (this.directory.toString().isBlank()) {
			throw new IllegalArgumentException(
					"audit.report.directory must name a directory, for example \"reports\", but it is blank");
		}
		if (this.groupBy.isBlank()) {
			throw new IllegalArgumentException(
					"audit.report.group-by must name a label, user_id or user_data.PATH, but it is blank");
		}
		if (this.stuckAfter.isNegative()) {
			throw new IllegalArgumentException(
					"audit.report.stuck-after must be 0 or longer, but it is " + this.stuckAfter);
		}
	}

}
