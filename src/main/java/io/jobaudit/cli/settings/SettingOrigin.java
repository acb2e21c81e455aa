package io.jobaudit.cli.settings;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.Resource;

/** Where a setting comes from, in words. */
final class SettingOrigin {

	private SettingOrigin() {
	}

	/** Of a name in a source. */
	static String of(PropertySource<?> source, String name) {
		Origin origin = OriginLookup.getOrigin(source, name);
		return (origin != null) ? of(origin) : ofSource(source.getName());
	}

	/** Such as {@code config/application.yml:12} or {@code the command line}. */
	static String of(@Nullable Origin origin) {
		if (origin instanceof TextResourceOrigin text && text.getResource() != null) {
			return file(text.getResource())
					+ ((text.getLocation() != null) ? ":" + (text.getLocation().getLine() + 1) : "");
		}
		if (origin instanceof SystemEnvironmentOrigin variable) {
			return "environment variable " + variable.getProperty();
		}
		if (origin instanceof PropertySourceOrigin source) {
			return (source.getOrigin() != null && source.getOrigin() != source) ? of(source.getOrigin())
					: ofSource(source.getPropertySource().getName());
		}
		return (origin != null) ? origin.toString() : "unknown";
	}

	private static String ofSource(String name) {
		return switch (name) {
			case CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME -> "command line";
			case StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME -> "system property (java -D)";
			case StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME -> "environment";
			default -> name;
		};
	}

	/** A file as a person would write it, from the working directory. */
	static String file(Resource resource) {
		try {
			File file = resource.getFile();
			Path here = Path.of("").toAbsolutePath();
			Path path = file.toPath().toAbsolutePath().normalize();
			return (path.startsWith(here) ? here.relativize(path) : path).toString();
		}
		catch (IOException | UnsupportedOperationException ex) {
			return resource.getDescription();
		}
	}

}
