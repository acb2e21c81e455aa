package io.jobaudit.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.subject.ReportProperties;

/** A site's definitions of reports. */
record SiteDirectory(Path directory) {

	SiteDirectory file(String name, String text) {
		try {
			Path file = definitions().resolve(name);
			Files.createDirectories(file.getParent());
			Files.writeString(file, text);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path definitions() {
		return this.directory.resolve("definitions");
	}

	ReportProperties properties() {
		return new ReportProperties(this.directory.resolve("reports"), ZoneId.of("Asia/Shanghai"), definitions(),
				"cost_centre", Duration.ofHours(24), false, ReportTexts.EN);
	}

}
