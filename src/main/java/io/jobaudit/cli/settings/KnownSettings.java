package io.jobaudit.cli.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All settings, as the build found them in the code: ours, or those of Spring. */
public final class KnownSettings {

	public static final String PREFIX = "audit.";

	private static final Supplier<KnownSettings> OURS = SingletonSupplier
		.of(() -> new KnownSettings(metadata().path("properties").values(), (name) -> name.startsWith(PREFIX)));

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private final Set<String> names;

	private final Set<String> uniform;

	/** Settings below which any name is a setting, such as properties of a driver. */
	private final Set<String> maps;

	private KnownSettings(Collection<JsonNode> properties, Predicate<String> wanted) {
		this.names = new TreeSet<>();
		this.maps = new TreeSet<>();
		for (JsonNode property : properties) {
			String name = property.get("name").stringValue();
			if (wanted.test(name)) {
				boolean isMap = property.path("type").asString("").matches("java\\.util\\.(Map<.*|Properties)");
				(isMap ? this.maps : this.names).add(name);
			}
		}
		this.uniform = this.names.stream().map(KnownSettings::uniform).collect(Collectors.toSet());
	}

	public static KnownSettings ours() {
		return Objects.requireNonNull(OURS.get());
	}

	/** Those of Spring below some names; reads the descriptions of all libraries. */
	static KnownSettings ofSpring(Set<String> sections) {
		try {
			List<JsonNode> all = new ArrayList<>();
			for (URL url : Collections.list(KnownSettings.class.getClassLoader().getResources(METADATA))) {
				try (InputStream in = url.openStream()) {
					all.addAll(JsonMapper.shared().readTree(in).path("properties").values());
				}
			}
			return new KnownSettings(all, (name) -> sections.stream().anyMatch(name::startsWith));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the descriptions of settings cannot be read", ex);
		}
	}

	/** Name, type, description and default of every setting of ours. */
	public static JsonNode metadata() {
		try (InputStream in = Objects.requireNonNull(KnownSettings.class.getResourceAsStream("/" + METADATA),
				"the build generates it")) {
			return JsonMapper.shared().readTree(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Set<String> names() {
		return this.names;
	}

	/** Whether a name of a file or the command line is one of them, in any spelling. */
	boolean has(String name) {
		String given = uniform(name);
		return this.uniform.contains(given)
				|| this.maps.stream().anyMatch((map) -> given.startsWith(uniform(map) + "."));
	}

	/** Whether a name of the environment is one of them. */
	boolean hasVariable(String name) {
		String given = name.toUpperCase(Locale.ROOT).replaceAll("(_\\d+)+$", "");
		return this.names.stream().anyMatch((known) -> given.equals(dashless(known)) || given.equals(variable(known)))
				|| this.maps.stream().anyMatch((map) -> given.startsWith(dashless(map) + "_"));
	}

	/** Names of the environment, as Spring documents them. */
	Set<String> variables() {
		return this.names.stream().map(KnownSettings::dashless).collect(Collectors.toCollection(TreeSet::new));
	}

	private static String dashless(String name) {
		return variable(name.replace("-", ""));
	}

	public static String variable(String name) {
		return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
	}

	/** Spring takes audit.api.connect-timeout, connectTimeout and CONNECT_TIMEOUT. */
	static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("\\[\\d+]$", "").replaceAll("[-_]", "");
	}

}
