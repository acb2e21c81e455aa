package io.jobaudit.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.jobaudit.ConfigurationException;
import io.jobaudit.ExitStatus;
import io.jobaudit.Fuzz;
import io.jobaudit.Generated;
import io.jobaudit.cli.settings.SettingsCheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Settings as files and the command line give them, with any values. */
@Tag("slow")
class SettingsFuzzTest {

	private static final List<String> VALUES = List.of("", " ", "0", "1", "-1", "77", "1e308", "NaN", "Infinity",
			"9223372036854775807", "-9223372036854775808", "2147483648", "0.5", "101", "true", "yes", "7s", "0s", "-5m",
			"1ns", "7x", "PT7S", "PT9223372036854775807S", "PT-1S", "106751991167d", "P1Y", "16MB", "0B", "-1KB",
			"9223372036854775807TB", "8388608TB", "cn-shanghai", "CN", "Asia/Tokyo", "GMT+25", "UTC+08:00",
			"https://a.example", "http://a.example", "http://127.0.0.1:1", "https://u:p@a.example/x?y#z", "//", "http:",
			"mailto:a@b", "https://[::1", "http://a b", "reports", "/", "a\0b", "x.prom", "../..", "a,b,,c", ",",
			"drop", "KEEP", "always", "json", "${audit.account}", "${x}", "${", "#{1}", "ASR", "*.NotFound",
			"jdbc:postgresql://h/d", "user_data.a.b", "cost_centre", "2026-10-01", "[]", "{}");

	private static final List<JsonNode> SETTINGS = SettingsTest.settings();

	private static final Map<String, Class<?>> RECORDS = records();

	@Test
	void anyValuesBindOrAreRefusedWithTheNameOfTheSetting() {
		Fuzz.run("settings", SettingsFuzzTest::given, SettingsFuzzTest::takes);
	}

	private static Map<String, String> given(Random random) {
		Map<String, String> given = new LinkedHashMap<>();
		for (int left = 1 + random.nextInt(4); left > 0; left--) {
			String name = Generated.pick(random, SETTINGS).get("name").stringValue();
			String index = (random.nextInt(30) == 0) ? Generated.pick(random, List.of("[0]", "[1]", ".x", "[x]")) : "";
			given.put(name + index,
					(random.nextInt(6) == 0) ? Generated.text(random, 5) : Generated.pick(random, VALUES));
		}
		return given;
	}

	private static boolean takes(Map<String, String> given) {
		Map<String, Object> all = new LinkedHashMap<>(Map.of("audit.api.region", "cn-shanghai"));
		all.putAll(given);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().forEach((source) -> environment.getPropertySources().remove(source.getName()));
		environment.getPropertySources().addFirst(new MapPropertySource("given", all));
		environment
			.setConversionService((ApplicationConversionService) ApplicationConversionService.getSharedInstance());
		ConfigurationPropertySources.attach(environment);
		Binder binder = Binder.get(environment);
		try {
			SettingsCheck.check(environment);
			RECORDS.forEach((prefix, type) -> {
				if (given.keySet().stream().anyMatch((name) -> name.startsWith(prefix))) {
					assertThat(binder.bindOrCreate(prefix, type).toString()).isNotEmpty();
				}
			});
			return true;
		}
		catch (BindException | ConfigurationException ex) {
			assertThat(Failures.statusOf(ex)).isEqualTo(ExitStatus.CONFIGURATION);
			String said = Failures.describe(ex);
			Stream<String> names = given.keySet().stream().map((name) -> name.replaceAll("\\[\\d+]$", ""));
			assertThat(Stream.concat(names, Stream.of("audit.retry.delay")).filter(said::contains))
				.as("settings named in: %s", said)
				.isNotEmpty();
			return false;
		}
	}

	private static Map<String, Class<?>> records() {
		Map<String, Class<?>> records = new LinkedHashMap<>();
		for (JsonNode setting : SETTINGS) {
			try {
				Class<?> type = Class.forName(setting.get("sourceType").stringValue());
				while (!type.isAnnotationPresent(ConfigurationProperties.class)) {
					type = type.getEnclosingClass();
				}
				records.put(type.getAnnotation(ConfigurationProperties.class).value(), type);
			}
			catch (ClassNotFoundException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return records;
	}

}
