package io.jobaudit.report;

import java.nio.file.Path;
import java.time.ZoneId;

/** Settings of reports without workbooks of a site. */
final class ReportSettings {

	private static final Path NO_DEFINITIONS = Path.of("no-such-directory");

	private ReportSettings() {
	}

	static ReportProperties of(Path directory, ZoneId zone) {
		return new ReportProperties(directory, zone, NO_DEFINITIONS, null, null);
	}

}
