package io.jobaudit.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.jobaudit.ConfigurationException;
import io.jobaudit.cli.Application.SettingsCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every setting, as the build describes it to editors. */
class SettingsTest {

	/**
	 * Values unlike any default, by type; of an enumeration the second constant is taken.
	 */
	private static final Map<String, String> VALUES = Map.ofEntries(Map.entry("java.lang.String", "other"),
			Map.entry("java.lang.Integer", "77"), Map.entry("java.lang.Long", "77"),
			Map.entry("java.lang.Double", "77"), Map.entry("java.lang.Boolean", "true"),
			Map.entry("java.time.Duration", "7s"), Map.entry("java.time.ZoneId", "Asia/Tokyo"),
			Map.entry("java.nio.file.Path", "other.prom"), Map.entry("java.net.URI", "https://other.example"),
			Map.entry("org.springframework.util.unit.DataSize", "77KB"),
			Map.entry("java.util.List<java.lang.String>", "other"),
			Map.entry("java.util.Set<java.lang.String>", "other"), Map.entry("java.math.BigDecimal", "77"));

	static List<JsonNode> settings() {
		return KnownSettings.metadata()
			.get("properties")
			.valueStream()
			.filter((setting) -> setting.get("name").stringValue().startsWith("audit."))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("settings")
	void aSettingIsDescribedAndBinds(JsonNode setting) throws Exception {
		String name = setting.get("name").stringValue();
		String type = setting.get("type").stringValue();

		assertThat(setting.path("description").stringValue("")).as("%s has a @param", name).isNotBlank();
		assertThat(bound(setting, Map.of(name, value(type)))).as(name).isNotEqualTo(bound(setting, Map.of()));
	}

	@Test
	void allSettingsAreThere() {
		assertThat(settings()).extracting((setting) -> setting.get("name").stringValue())
			.contains("audit.account", "audit.data-directory", "audit.api.rate", "audit.retry.max-delay",
					"audit.store.ai-result", "audit.limits.max-unreadable", "audit.report.zone", "audit.prices.file",
					"audit.ids.datasource.url", "audit.notify.mail.max-attachments", "audit.progress.interval");
	}

	@ParameterizedTest
	@CsvSource({ "audit.api.raet, audit.api.rate", "audit.retry.max-retires, audit.retry.max-retries",
			"audit.ids.datasource.pasword, audit.ids.datasource.password", "audit.rate, audit.api.rate" })
	void aSettingThatThereIsNotIsRefusedWithTheOneThatWasMeant(String name, String meant) {
		assertThatThrownBy(() -> check(Map.of(name, "secret"), Map.of())).isInstanceOf(ConfigurationException.class)
			.hasMessageContainingAll(name, "did you mean " + meant + "?")
			.hasMessageNotContaining("secret");
	}

	@ParameterizedTest
	@CsvSource({ "AUDIT_API_RAET, AUDIT_API_RATE", "AUDIT_ACOUNT, AUDIT_ACCOUNT", "AUDIT_NOTIFY_HOOK, AUDIT_NOTIFY_" })
	void soIsAVariable(String name, String meant) {
		assertThatThrownBy(() -> check(Map.of(), Map.of(name, "x"))).isInstanceOf(ConfigurationException.class)
			.hasMessageContainingAll(name, "environment", meant);
	}

	@Test
	void everySpellingThatSpringTakesIsTaken() {
		assertThatCode(() -> check(
				Map.of("audit.api.connectTimeout", "3s", "audit.api.connect_timeout", "3s", "audit.prices.job-types[0]",
						"X", "audit.api.CONNECT-TIMEOUT", "3s", "other.api.raet", "1", "audit.limits", ""),
				Map.of("AUDIT_API_CONNECTTIMEOUT", "3s", "AUDIT_API_CONNECT_TIMEOUT", "3s", "AUDIT_PRICES_JOBTYPES_0",
						"X", "AUDIT_NOTIFY_MAIL_TO_0", "a@b.example", "AUDITD_LOG", "/var/log",
						"AUDIT_TRAIL_OF_ANOTHER_PROGRAM", "x")))
			.doesNotThrowAnyException();
	}

	private static void check(Map<String, Object> given, Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		environment.getPropertySources().addFirst(new MapPropertySource("given", given));
		new SettingsCheck().check(environment);
	}

	private static Object bound(JsonNode setting, Map<String, Object> given) throws ClassNotFoundException {
		Map<String, Object> all = new HashMap<>(Map.of("audit.api.region", "cn-shanghai"));
		all.putAll(given);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("given", all));
		environment
			.setConversionService((ApplicationConversionService) ApplicationConversionService.getSharedInstance());
		ConfigurationPropertySources.attach(environment);
		Class<?> type = Class.forName(setting.get("sourceType").stringValue());
		while (!type.isAnnotationPresent(ConfigurationProperties.class)) {
			type = type.getEnclosingClass();
		}
		String prefix = type.getAnnotation(ConfigurationProperties.class).value();
		Object record = Binder.get(environment).bindOrCreate(prefix, type);
		return whole(record);
	}

	/**
	 * Secrets are left out of toString: all components, in the order in which they stand.
	 */
	private static String whole(Object record) {
		StringBuilder whole = new StringBuilder();
		for (var component : record.getClass().getRecordComponents()) {
			try {
				component.getAccessor().setAccessible(true);
				Object value = component.getAccessor().invoke(record);
				whole.append(component.getName())
					.append('=')
					.append((value != null && value.getClass().isRecord()) ? whole(value) : value)
					.append(';');
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return whole.toString();
	}

	private static String value(String type) throws ClassNotFoundException {
		String value = VALUES.get(type);
		if (value != null) {
			return value;
		}
		Object[] constants = Class.forName(type).getEnumConstants();
		assertThat(constants).as("a value for %s", type).isNotNull();
		return ((Enum<?>) constants[1]).name();
	}

}
