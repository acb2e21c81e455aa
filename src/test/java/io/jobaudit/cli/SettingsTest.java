package io.jobaudit.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.jobaudit.ConfigurationException;
import io.jobaudit.cli.settings.KnownSettings;
import io.jobaudit.cli.settings.SettingsCheck;
import io.jobaudit.docs.PlainEnglish;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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

	/** Of settings that take few texts. */
	private static final Map<String, String> OWN_VALUES = Map.of("audit.notify.link", "https://other.example",
			"audit.report.focus-version", "1.3", "audit.report.billing-currency", "USD",
			"audit.report.billing-account-id", "1234567890123456", "audit.bill.columns", "amount=Payable",
			"audit.bill.items", "llm=ASR", "audit.scale.lease", "70ms");

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
		String value = OWN_VALUES.containsKey(name) ? OWN_VALUES.get(name) : value(type);
		assertThat(bound(setting, Map.of(name, value))).as(name).isNotEqualTo(bound(setting, Map.of()));
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

	@ParameterizedTest
	@CsvSource({ "AUDIT_RATE, AUDIT_API_RATE", "AUDIT_REGION, AUDIT_API_REGION",
			"AUDIT_TRAIL_OF_ANOTHER_PROGRAM, AUDIT_", "SPRING_DATASOURCE_USER, SPRING_DATASOURCE_USERNAME",
			"SPRING_FLYWAY_USERNAME, SPRING_FLYWAY_", "SPRING_MAIL_HOTS, SPRING_MAIL_HOST",
			"AUDIT_API_PORT, AUDIT_API_PROXY" })
	void aVariableWithOurPrefixOrOfADocumentedSectionIsASetting(String name, String meant) {
		assertThatThrownBy(() -> check(Map.of(), Map.of(name, "8080"))).isInstanceOf(ConfigurationException.class)
			.hasMessageContainingAll("unknown setting " + name, "did you mean " + meant);
	}

	@ParameterizedTest
	@CsvSource({ "audits.api.rate, audit.api.rate", "Audit.api.rte, audit.api.rate", "audti.api.rate, audit.api.rate",
			"api.rate, audit.api.rate", "account, audit.account",
			"spring.datasource.usernam, spring.datasource.username",
			"spring.datasource.hikari.max-pool-size, spring.datasource.hikari.maximum-pool-size",
			"spring.mail.hots, spring.mail.host" })
	void soIsANameWhoseFirstWordIsNotQuiteOurs(String name, String meant) {
		assertThatThrownBy(() -> check(Map.of(name, "7"), Map.of())).isInstanceOf(ConfigurationException.class)
			.hasMessageContainingAll("unknown setting " + name, "did you mean " + meant + "?");
	}

	@Test
	void allUnknownSettingsAreListed() {
		assertThat(SettingsCheck.faults(environment(Map.of("audit.rate", "1", "audits.rate", "1"),
				Map.of("AUDIT_RATE", "1", "AUDIT_REGION", "x"))))
			.hasSize(4)
			.allSatisfy((fault) -> assertThat(fault).contains("did you mean "));
	}

	@Test
	void anUnquotedOnIsExplained() {
		assertThatThrownBy(() -> check(Map.of("audit.notify[true]", "always"), Map.of()))
			.hasMessageContainingAll("audit.notify[true]", "write the name in quotes, such as \"on\"");
	}

	/** As Kubernetes sets them for the services audit, audit-api and spring-mail. */
	@ParameterizedTest
	@ValueSource(strings = { "AUDIT", "AUDIT_X", "AUDIT_API", "SPRING_MAIL" })
	void theVariablesOfAServiceAreIgnored(String service) {
		assertThatCode(() -> check(Map.of(),
				Map.of(service + "_SERVICE_HOST", "10.0.0.1", service + "_SERVICE_PORT", "5432",
						service + "_SERVICE_PORT_HTTP_METRICS", "5432", service + "_PORT", "tcp://10.0.0.1:5432",
						service + "_PORT_5432_TCP", "tcp://10.0.0.1:5432", service + "_PORT_5432_TCP_PROTO", "tcp",
						service + "_PORT_5432_TCP_PORT", "5432", service + "_PORT_5432_TCP_ADDR", "10.0.0.1")))
			.doesNotThrowAnyException();
	}

	@ParameterizedTest
	@MethodSource("settings")
	void aValueThatDoesNotConvertIsRefusedInWords(JsonNode setting) {
		String name = setting.get("name").stringValue();
		String type = setting.get("type").stringValue();
		Assumptions.assumeTrue(!type.matches(".*(String|Path|URI)>?"), "takes any text");

		assertThatThrownBy(() -> bound(setting, Map.of(name, "a thing"))).satisfies((failure) -> {
			String said = Failures.describe(failure);
			assertThat(said).startsWith(name + " takes ")
				.contains("but got \"a thing\"")
				.doesNotContain("another value");
			assertThat(PlainEnglish.javaNames(said)).isEmpty();
		});
	}

	@Test
	void everySpellingThatSpringTakesIsTaken() {
		assertThatCode(() -> check(
				Map.of("audit.api.connectTimeout", "3s", "audit.api.connect_timeout", "3s", "audit.prices.job-types[0]",
						"X", "audit.api.CONNECT-TIMEOUT", "3s", "other.api.raet", "1", "audit.limits", ""),
				Map.of("AUDIT_API_CONNECTTIMEOUT", "3s", "AUDIT_API_CONNECT_TIMEOUT", "3s", "AUDIT_PRICES_JOBTYPES_0",
						"X", "AUDIT_NOTIFY_MAIL_TO_0", "a@b.example", "AUDITD_LOG", "/var/log",
						"SPRING_MAIL_PROPERTIES_MAIL_SMTP_AUTH", "true",
						"SPRING_DATASOURCE_HIKARI_DATASOURCEPROPERTIES_SOCKETTIMEOUT", "3")))
			.doesNotThrowAnyException();
	}

	private static void check(Map<String, Object> given, Map<String, Object> variables) {
		SettingsCheck.check(environment(given, variables));
	}

	private static StandardEnvironment environment(Map<String, Object> given, Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		environment.getPropertySources().addFirst(new MapPropertySource("given", given));
		return environment;
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
