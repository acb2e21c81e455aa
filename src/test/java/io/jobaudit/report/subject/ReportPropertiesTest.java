package io.jobaudit.report.subject;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReportPropertiesTest {

	@Test
	void reportsGoToReportsAndSpeakTheSystemsZoneByDefault() {
		ReportProperties properties = bind(Map.of());
		assertThat(properties).isEqualTo(new ReportProperties(Path.of("reports"), ZoneId.systemDefault(),
				Path.of("config/report"), "cost_centre", Duration.ofHours(24)));
	}

	@Test
	void whatIsSetIsTaken() {
		ReportProperties properties = bind(Map.of("audit.report.directory", "monthly/2026", "audit.report.zone",
				"Asia/Shanghai", "audit.report.definitions", "ours", "audit.report.group-by", "team",
				"audit.report.stuck-after", "6h"));
		assertThat(properties).isEqualTo(new ReportProperties(Path.of("monthly/2026"), ZoneId.of("Asia/Shanghai"),
				Path.of("ours"), "team", Duration.ofHours(6)));
	}

	@Test
	void aBlankDirectoryIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ReportProperties(Path.of(" "), null, null, null, null))
			.withMessage("audit.report.directory must name a directory, for example \"reports\", but it is blank");
	}

	private static ReportProperties bind(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("audit.report",
				ReportProperties.class);
	}

}
