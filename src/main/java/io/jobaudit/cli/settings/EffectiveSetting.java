package io.jobaudit.cli.settings;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jobaudit.MaskedUrl;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import tools.jackson.databind.JsonNode;

/**
 * A setting as the program will use it.
 *
 * @param value what may be shown of it; null when it is not set and has no default
 * @param origin where it comes from, in words
 */
public record EffectiveSetting(String name, @Nullable String value, String origin) {

	private static final Pattern SECRET = Pattern
		.compile("(?i)password|secret|token|credential|headers|(access|private|api)-?key");

	private static final String MASK = "***";

	/** Of Spring, and always shown. */
	private static final List<String> SHOWN = List.of("spring.datasource.url", "spring.datasource.username");

	private static final Set<String> SPRING = Set.of("spring", "management", "logging");

	/** A document with many settings, and what the program sets for itself. */
	private static final Set<String> HIDDEN = Set.of("spring.application.json", "spring.application.pid",
			"spring.application.version", "spring.output.ansi.enabled");

	/** All of ours, then those of Spring that someone has set. */
	public static List<EffectiveSetting> all(ConfigurableEnvironment environment) {
		List<ConfigurationPropertySource> sources = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (!(source.getUnderlyingSource() instanceof PropertySource<?> given)
					|| !SettingsCheck.isDefaults(given)) {
				sources.add(source);
			}
		}
		Map<String, String> defaults = new TreeMap<>();
		KnownSettings.metadata()
			.path("properties")
			.forEach((property) -> defaults.put(property.get("name").stringValue(),
					text(property.path("defaultValue"))));
		Set<String> ofSpring = new TreeSet<>(SHOWN);
		sources.forEach((source) -> ofSpring.addAll(springNames(source)));
		return Stream.concat(KnownSettings.ours().names().stream(), ofSpring.stream())
			.map((name) -> of(name, sources, environment, defaults.getOrDefault(name, "")))
			.toList();
	}

	private static EffectiveSetting of(String name, List<ConfigurationPropertySource> sources,
			ConfigurableEnvironment environment, String standard) {
		for (ConfigurationPropertySource source : sources) {
			List<ConfigurationProperty> found = values(ConfigurationPropertyName.of(name), source);
			if (!found.isEmpty()) {
				String value = found.stream()
					.map((property) -> String.valueOf(property.getValue()))
					.map(environment::resolvePlaceholders)
					.collect(Collectors.joining(", "));
				return new EffectiveSetting(name, shown(name, value), SettingOrigin.of(found.get(0).getOrigin()));
			}
		}
		return standard.isEmpty() ? new EffectiveSetting(name, null, "not set")
				: new EffectiveSetting(name, standard, "default");
	}

	/** One, or those of a list. */
	private static List<ConfigurationProperty> values(ConfigurationPropertyName name,
			ConfigurationPropertySource source) {
		ConfigurationProperty whole = source.getConfigurationProperty(name);
		if (whole != null) {
			return List.of(whole);
		}
		List<ConfigurationProperty> elements = new ArrayList<>();
		ConfigurationProperty next = source.getConfigurationProperty(name.append("[0]"));
		while (next != null) {
			elements.add(next);
			next = source.getConfigurationProperty(name.append("[" + elements.size() + "]"));
		}
		return elements;
	}

	private static Set<String> springNames(ConfigurationPropertySource source) {
		return (source instanceof IterableConfigurationPropertySource names) ? names.stream()
			.map(ConfigurationPropertyName::toString)
			.filter((name) -> SPRING.contains(name.split("\\.")[0]) && !HIDDEN.contains(name))
			.collect(Collectors.toSet()) : Set.of();
	}

	private static String text(JsonNode standard) {
		return standard.isArray() ? standard.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))
				: standard.asString("");
	}

	/** Without what may be a secret. The path of a webhook is one. */
	static String shown(String name, String value) {
		if (value.isEmpty()) {
			return value;
		}
		if (SECRET.matcher(name).find()) {
			return MASK;
		}
		if (name.equals("audit.notify.url")) {
			return host(value);
		}
		return (value.contains("://") || value.startsWith("jdbc:")) ? MaskedUrl.of(value) : value;
	}

	private static String host(String url) {
		try {
			URI uri = URI.create(url);
			return (uri.getHost() != null) ? uri.getScheme() + "://" + uri.getHost() + "/" + MASK : MASK;
		}
		catch (IllegalArgumentException ex) {
			return MASK;
		}
	}

}
