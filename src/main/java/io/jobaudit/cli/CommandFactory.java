package io.jobaudit.cli;

import java.util.List;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, which need the settings of the command line. */
final class CommandFactory implements IFactory {

	private final List<String> settings;

	CommandFactory(List<String> settings) {
		this.settings = settings;
	}

	@Override
	public <K> K create(Class<K> type) throws Exception {
		if (type == RunCommand.class) {
			return type.cast(new RunCommand(this.settings));
		}
		if (type == ReportCommand.class) {
			return type.cast(new ReportCommand(this.settings));
		}
		if (type == CloseCommand.class) {
			return type.cast(new CloseCommand(this.settings));
		}
		if (type == DemoCommand.class) {
			return type.cast(new DemoCommand(this.settings));
		}
		return CommandLine.defaultFactory().create(type);
	}

}
