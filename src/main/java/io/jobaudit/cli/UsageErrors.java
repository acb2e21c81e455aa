package io.jobaudit.cli;

import java.util.List;

import io.jobaudit.ExitStatus;
import io.jobaudit.cli.terminal.LogFormat;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports a command line that cannot be understood, in one line.
 *
 * @param json whether standard error is JSON
 */
record UsageErrors(boolean json) implements IParameterExceptionHandler {

	@Override
	public int handleParseException(ParameterException failure, String[] arguments) {
		if (this.json) {
			LogFormat.JSON.use();
		}
		Failures.say("%s%s; see %s --help (exit %d)".formatted(message(failure), suggestion(failure),
				failure.getCommandLine().getCommandSpec().qualifiedName(), ExitStatus.USAGE.code()));
		return ExitStatus.USAGE.code();
	}

	/** A value that does not convert is described without the names of Java types. */
	private static String message(ParameterException failure) {
		ArgSpec argument = failure.getArgSpec();
		if (argument == null || failure.getValue() == null) {
			return String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ").replaceFirst("^Error: ", "");
		}
		String name = (argument instanceof OptionSpec option) ? option.longestName() : argument.paramLabel();
		return "%s takes %s, but got \"%s\"".formatted(name, ValueKind.of(argument.type()), failure.getValue());
	}

	private static String suggestion(ParameterException failure) {
		List<String> nearest = (failure instanceof UnmatchedArgumentException unmatched) ? unmatched.getSuggestions()
				: List.of();
		return nearest.isEmpty() ? "" : "; did you mean " + nearest.get(0) + "?";
	}

}
