package io.jobaudit.report.subject;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;

import io.jobaudit.ReportTexts;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Where reports are written, in which time zone, and what a site adds to them.
 *
 * @param directory parent of the runs' directories
 * @param zone time zone of days and times in the reports, the system's when not set
 * @param definitions directory of the site's own workbooks; it may be missing
 * @param groupBy where a job's cost centre is read from: a label, {@code user_id}, or a
 * path into its user data such as {@code user_data.costCenter}
 * @param stuckAfter age from which an unfinished job counts as stuck
 * @param csvForSpreadsheets whether CSV files begin with a byte order mark and mark ids
 * that look like numbers, so that a spreadsheet opens them as they are
 * @param language language of workbooks, page, mails and chat messages: en or zh-CN;
 * other files are in English
 */
@ConfigurationProperties("audit.report")
public record ReportProperties(Path directory, ZoneId zone, Path definitions, String groupBy, Duration stuckAfter,
		boolean csvForSpreadsheets, ReportTexts language) {

	public ReportProperties(@DefaultValue("reports") Path directory, @Nullable ZoneId zone,
			@DefaultValue("config/report") Path definitions, @DefaultValue("cost_centre") String groupBy,
			@DefaultValue("24h") Duration stuckAfter, @DefaultValue("false") boolean csvForSpreadsheets,
			@DefaultValue("en") ReportTexts language) {
		Assert.isTrue(!directory.toString().isBlank(),
				"audit.report.directory takes a directory such as reports, but is blank");
		Assert.isTrue(!groupBy.isBlank(),
				"audit.report.group-by takes a label, user_id or user_data.PATH, but is blank");
		Assert.isTrue(!stuckAfter.isNegative() && stuckAfter.toDays() <= 36_500,
				() -> "audit.report.stuck-after takes a duration of 0 to 36500d such as 24h, but got " + stuckAfter);
		this.directory = directory;
		this.zone = (zone != null) ? zone : ZoneId.systemDefault();
		this.definitions = definitions;
		this.groupBy = groupBy;
		this.stuckAfter = stuckAfter;
		this.csvForSpreadsheets = csvForSpreadsheets;
		this.language = language;
	}

}
