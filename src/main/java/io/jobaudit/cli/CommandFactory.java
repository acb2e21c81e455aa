package io.jobaudit.cli;

import java.lang.reflect.Constructor;
import java.util.List;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * Makes commands: those that start Spring have one constructor, which takes the settings
 * of the command line.
 */
final class CommandFactory implements IFactory {

	private final List<String> settings;

	CommandFactory(List<String> settings) {
		this.settings = settings;
	}

	@Override
	public <K> K create(Class<K> type) throws Exception {
		for (Constructor<?> constructor : type.getDeclaredConstructors()) {
			if (List.of(constructor.getParameterTypes()).equals(List.of(List.class))) {
				return type.cast(constructor.newInstance(this.settings));
			}
		}
		return CommandLine.defaultFactory().create(type);
	}

}
