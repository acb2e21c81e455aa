package io.jobaudit.cli.settings;

import java.io.IOException;
import java.util.List;

import io.jobaudit.ConfigurationException;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a YAML file of settings as Spring does; a fault in it names file and line. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class SettingsFile implements PropertySourceLoader {

	private final PropertySourceLoader yaml = new YamlPropertySourceLoader();

	@Override
	public String[] getFileExtensions() {
		return this.yaml.getFileExtensions();
	}

	@Override
	public List<PropertySource<?>> load(String name, Resource resource) throws IOException {
		try {
			return this.yaml.load(name, resource);
		}
		catch (YAMLException ex) {
			throw new ConfigurationException("%s: the file is not YAML: %s".formatted(place(resource, ex), problem(ex)),
					ex);
		}
	}

	private static String place(Resource resource, YAMLException failure) {
		String file = SettingOrigin.file(resource);
		Mark mark = (failure instanceof MarkedYAMLException marked) ? marked.getProblemMark() : null;
		return (mark != null) ? file + ", line " + (mark.getLine() + 1) : file;
	}

	private static String problem(YAMLException failure) {
		String problem = (failure instanceof MarkedYAMLException marked) ? marked.getProblem() : failure.getMessage();
		return String.valueOf(problem).replaceAll("\\s*\\R\\s*", " ").replace("in \"'reader'\", ", "");
	}

}
