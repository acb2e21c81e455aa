package io.jobaudit.cli;

import io.jobaudit.ExitStatus;
import io.jobaudit.cli.terminal.LogFormat;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/**
 * A command line that cannot be understood: with the usage for people, as one line of the
 * log for machines.
 *
 * @param json whether the log is for machines
 * @param people what is done for people
 */
record UsageErrors(boolean json, IParameterExceptionHandler people) implements IParameterExceptionHandler {

	@Override
	public int handleParseException(ParameterException failure, String[] arguments) throws Exception {
		if (!this.json) {
			return this.people.handleParseException(failure, arguments);
		}
		LogFormat.JSON.use();
		Failures.say(failure.getMessage() + " (exit " + ExitStatus.USAGE.code() + ")");
		return ExitStatus.USAGE.code();
	}

}
