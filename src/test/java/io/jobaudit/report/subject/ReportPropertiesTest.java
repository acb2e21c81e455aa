package io.jobaudit.report.subject;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

import io.jobaudit.ReportTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReportPropertiesTest {

	@Test
	void reportsGoToReportsAndSpeakTheSystemsZoneByDefault() {
		ReportProperties properties = bind(Map.of());
		assertThat(properties).isEqualTo(new ReportProperties(Path.of("reports"), ZoneId.systemDefault(),
				Path.of("config/report"), "cost_centre", Duration.ofHours(24), false, ReportTexts.EN));
	}

	@Test
	void whatIsSetIsTaken() {
		ReportProperties properties = bind(Map.of("audit.report.directory", "monthly/2026", "audit.report.zone",
				"Asia/Shanghai", "audit.report.definitions", "ours", "audit.report.group-by", "team",
				"audit.report.stuck-after", "6h", "audit.report.language", "zh-CN"));
		assertThat(properties).isEqualTo(new ReportProperties(Path.of("monthly/2026"), ZoneId.of("Asia/Shanghai"),
				Path.of("ours"), "team", Duration.ofHours(6), false, ReportTexts.ZH_CN));
	}

	@ParameterizedTest
	@CsvSource({ "group-by, ' ', 'audit.report.group-by takes a label, user_id or user_data.PATH, but is blank'",
			"stuck-after, -1s, 'audit.report.stuck-after takes a duration of 0 to 36500d such as 24h, but got PT-1S'",
			"stuck-after, 36501d, 'audit.report.stuck-after takes a duration of 0 to 36500d such as 24h, but got PT876024H'" })
	void aValueThatMakesNoSenseIsRefused(String name, String value, String message) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("audit.report." + name, value)))
			.havingRootCause()
			.isInstanceOf(IllegalArgumentException.class)
			.withMessage(message);
	}

	@Test
	void aBlankDirectoryIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ReportProperties(Path.of(" "), null, Path.of("config"), "team", Duration.ZERO, false,
					ReportTexts.EN))
			.withMessage("audit.report.directory takes a directory such as reports, but is blank");
	}

	private static ReportProperties bind(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("audit.report",
				ReportProperties.class);
	}

}
