package io.jobaudit.cluster;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ScalePropertiesTest {

	@Test
	void aLeaseIsOfMillisecondsUpToASecond() {
		assertThat(bind("audit.scale.node", "any").lease()).isEqualTo(Duration.ofMillis(20));
		assertThat(bind("audit.scale.lease", "1ms").lease()).isEqualTo(Duration.ofMillis(1));
		assertThat(bind("audit.scale.lease", "1s").lease()).isEqualTo(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@CsvSource({ "0ms, PT0S", "1001ms, PT1.001S" })
	void anotherOneIsRefused(String lease, String said) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind("audit.scale.lease", lease))
			.havingRootCause()
			.withMessage("audit.scale.lease takes 1ms to 1s, e.g. 20ms, but got " + said);
	}

	private static ScaleProperties bind(String setting, String value) {
		return new Binder(new MapConfigurationPropertySource(Map.of(setting, value))).bindOrCreate("audit.scale",
				ScaleProperties.class);
	}

}
