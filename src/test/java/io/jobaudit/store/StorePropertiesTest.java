package io.jobaudit.store;

import java.util.Map;
import java.util.Objects;

import io.jobaudit.Account;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StorePropertiesTest {

	@Test
	void theAccountIsASettingOfFilesAndOfTheEnvironment() {
		assertThat(bind(new MapPropertySource("file", Map.of("audit.account", "studio"))).account())
			.isEqualTo(new Account("studio"));
		assertThat(bind(environment(Map.of("AUDIT_ACCOUNT", "studio"))).account()).isEqualTo(new Account("studio"));
	}

	@Test
	void theAccountHasADefaultThatNoOtherVariableChanges() {
		assertThat(bind(environment(Map.of("AUDIT_ACCOUNT_NAME", "other"))).account())
			.isEqualTo(new Account("default"));
	}

	@Test
	void aBlankAccountIsRefused() {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(new MapPropertySource("file", Map.of("audit.account", " "))))
			.havingRootCause()
			.withMessage("audit.account takes a name for the cloud account, but is blank");
	}

	private static MapPropertySource environment(Map<String, Object> variables) {
		return new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				variables);
	}

	private static StoreProperties bind(MapPropertySource source) {
		ConfigurationPropertySource settings = Objects.requireNonNull(ConfigurationPropertySource.from(source));
		return new Binder(settings).bindOrCreate("audit", StoreProperties.class);
	}

}
