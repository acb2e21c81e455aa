package io.jobaudit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All settings, as the build found them in the code. */
final class KnownSettings {

	static final String PREFIX = "audit.";

	private final Set<String> names;

	KnownSettings() {
		this.names = metadata().path("properties")
			.valueStream()
			.map((property) -> property.get("name").stringValue())
			.filter((name) -> name.startsWith(PREFIX))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** Name, type, description and default of every setting. */
	static JsonNode metadata() {
		try (InputStream in = Objects.requireNonNull(
				KnownSettings.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"),
				"the build generates it")) {
			return JsonMapper.shared().readTree(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Set<String> names() {
		return this.names;
	}

	/** Whether a name of a file or the command line is one of them, in any spelling. */
	boolean has(String name) {
		String given = uniform(name);
		return this.names.stream().map(KnownSettings::uniform).anyMatch(given::equals);
	}

	/** Whether a name of the environment is one of them. */
	boolean hasVariable(String name) {
		String given = name.toUpperCase(Locale.ROOT).replaceAll("(_\\d+)+$", "");
		return this.names.stream()
			.anyMatch((known) -> given.equals(variable(known.replace("-", ""))) || given.equals(variable(known)));
	}

	static String variable(String name) {
		return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
	}

	/** Spring takes audit.api.connect-timeout, connectTimeout and CONNECT_TIMEOUT. */
	private static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("\\[\\d+]$", "").replaceAll("[-_]", "");
	}

}
