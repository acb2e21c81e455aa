package io.jobaudit.cli;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The two parts of a command line.
 *
 * @param command the command and its options, for picocli
 * @param settings {@code --name.with.dots=value}, for Spring
 */
record Arguments(List<String> command, List<String> settings) {

	private static final Predicate<String> SETTING = Pattern
		.compile("--[A-Za-z][\\w-]*(\\.[\\w\\[\\]-]+)+=.*", Pattern.DOTALL)
		.asMatchPredicate();

	static Arguments split(String... arguments) {
		return new Arguments(Arrays.stream(arguments).filter(SETTING.negate()).toList(),
				Arrays.stream(arguments).filter(SETTING).toList());
	}

}
