package io.jobaudit.report;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.subject.ReportProperties;

/** Settings of reports without workbooks of a site. */
public final class ReportSettings {

	private static final Path NO_DEFINITIONS = Path.of("no-such-directory");

	private ReportSettings() {
	}

	public static ReportProperties of(Path directory, ZoneId zone) {
		return of(directory, zone, ReportTexts.EN);
	}

	public static ReportProperties of(Path directory, ZoneId zone, ReportTexts language) {
		return new ReportProperties(directory, zone, NO_DEFINITIONS, "cost_centre", Duration.ofHours(24), false,
				language);
	}

}
