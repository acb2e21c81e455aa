package io.jobaudit.fetch.api;

import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApiPropertiesTest {

	@Test
	void theEndpointFollowsTheRegionByTls() {
		assertThat(bind(Map.of("audit.api.region", "ap-southeast-1")).target())
			.isEqualTo(URI.create("https://ice.ap-southeast-1.aliyuncs.com"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://ice-vpc.cn-shanghai.aliyuncs.com", "http://127.0.0.1:8080", "http://localhost:1/",
			"http://[::1]:8080" })
	void anEndpointIsTlsOrLoopback(String endpoint) {
		assertThat(with("endpoint", endpoint).target()).isEqualTo(URI.create(endpoint));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://ice.cn-shanghai.aliyuncs.com", "http://127.0.0.1.evil.example", "ftp://localhost",
			"ice.cn-shanghai.aliyuncs.com", "https://user:secret@host", "https://host/path" })
	void anyOtherEndpointIsRefused(String endpoint) {
		assertThatThrownBy(() -> with("endpoint", endpoint)).rootCause().hasMessageContaining("audit.api.endpoint");
	}

	@Test
	void aRefusedEndpointIsShownWithoutItsUser() {
		assertThatThrownBy(() -> with("endpoint", "https://user:secret@host")).rootCause()
			.hasMessage("audit.api.endpoint takes a URL without user and path, but got https://***@host");
	}

	@ParameterizedTest
	@CsvSource({ "rate, -1", "rate, NaN", "concurrency, 0", "connect-timeout, 0s", "attempt-timeout, -1s",
			"outage-patience, 0s", "max-answer-size, 0B", "region, evil.example/" })
	void aSettingThatMakesNoSenseIsRefusedByName(String name, String value) {
		assertThatThrownBy(() -> with(name, value)).rootCause()
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("audit.api." + name);
	}

	@Test
	void theRegionIsMandatory() {
		assertThatThrownBy(() -> bind(Map.of("audit.api.rate", "5"))).rootCause()
			.hasMessage("audit.api.region is required, e.g. cn-shanghai (AUDIT_API_REGION=cn-shanghai)");
	}

	private static ApiProperties with(String name, String value) {
		return bind((name.equals("region")) ? Map.of("audit.api.region", value)
				: Map.of("audit.api.region", "cn-shanghai", "audit.api." + name, value));
	}

	private static ApiProperties bind(Map<String, String> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("audit.api", ApiProperties.class);
	}

}
