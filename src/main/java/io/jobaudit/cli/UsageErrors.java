package io.jobaudit.cli;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jobaudit.DidYouMean;
import io.jobaudit.ExitStatus;
import io.jobaudit.cli.terminal.LogFormat;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a command line that cannot be understood, in one line. */
record UsageErrors(boolean json) implements IParameterExceptionHandler {

	@Override
	public int handleParseException(ParameterException failure, String[] arguments) {
		if (this.json) {
			LogFormat.JSON.use();
		}
		String message = unknownOption(failure.getCommandLine(), arguments).orElseGet(() -> message(failure));
		Failures.say("%s %s --help (exit %d)".formatted(message + (message.endsWith("?") ? " See" : "; see"),
				failure.getCommandLine().getCommandSpec().qualifiedName(), ExitStatus.USAGE.code()));
		return ExitStatus.USAGE.code();
	}

	/**
	 * The first option that the command does not have; it may have been taken for the
	 * value of another. A number may be negative.
	 */
	private static Optional<String> unknownOption(CommandLine command, String[] arguments) {
		return Arrays.stream(arguments)
			.takeWhile((argument) -> !argument.equals("--"))
			.filter((argument) -> argument.matches("-[^0-9.].*"))
			.map((argument) -> argument.replaceFirst("=.*", ""))
			.filter((name) -> !command.getCommandSpec().optionsMap().containsKey(name))
			.findFirst()
			.map((name) -> "no option " + name + nearest(name, command.getCommandSpec().optionsMap().keySet()));
	}

	/** A value that does not convert is described without the names of Java types. */
	private static String message(ParameterException failure) {
		ArgSpec argument = failure.getArgSpec();
		if (failure instanceof MissingParameterException
				&& String.valueOf(failure.getMessage()).contains("one of these")) {
			return "give one of " + choices(failure.getCommandLine());
		}
		if (failure instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
			String name = unmatched.getUnmatched().get(0);
			return "no command or argument " + name + nearest(name, failure.getCommandLine().getSubcommands().keySet());
		}
		if (argument == null || failure.getValue() == null) {
			return String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ").replaceFirst("^Error: ", "");
		}
		String name = (argument instanceof OptionSpec option) ? option.longestName() : argument.paramLabel();
		return "%s takes %s, but got \"%s\"".formatted(name, ValueKind.of(argument.type()), failure.getValue());
	}

	/** The options of which a command wants one. */
	private static String choices(CommandLine command) {
		return command.getCommandSpec()
			.argGroups()
			.stream()
			.filter(ArgGroupSpec::exclusive)
			.flatMap((group) -> Stream.concat(group.options().stream(),
					group.subgroups().stream().flatMap((part) -> part.options().stream().limit(1))))
			.map(OptionSpec::longestName)
			.collect(Collectors.joining(", "));
	}

	private static String nearest(String name, Collection<String> known) {
		return DidYouMean.of(name, known).map((found) -> "; did you mean " + found + "?").orElse("");
	}

	/** What an option or a setting takes, in words and with an example. */
	static final class ValueKind {

		private static final Map<Class<?>, String> KINDS = Map.ofEntries(Map.entry(Boolean.class, "true or false"),
				Map.entry(Integer.class, "a whole number such as 20"),
				Map.entry(Long.class, "a whole number such as 20"),
				Map.entry(Character.class, "one character such as ';', or the word tab"),
				Map.entry(Charset.class, "a character encoding such as UTF-8 or GB18030"),
				Map.entry(Double.class, "a number such as 20 or 0.5"),
				Map.entry(BigDecimal.class, "a number such as 20 or 0.5"),
				Map.entry(Duration.class, "a duration such as 30s, 5m or 2h"),
				Map.entry(DataSize.class, "a size such as 16MB"),
				Map.entry(ZoneId.class, "a time zone such as Asia/Shanghai"), Map.entry(URI.class, "a URL"),
				Map.entry(Path.class, "a path"), Map.entry(YearMonth.class, "a month such as 2026-10"),
				Map.entry(LocalDate.class, "a day such as 2026-10-05"),
				Map.entry(LocalTime.class, "a time of day such as 06:00"));

		static String of(Class<?> type) {
			if (type.isEnum()) {
				return "one of " + Arrays.stream(type.getEnumConstants())
					.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
					.collect(Collectors.joining(", "));
			}
			return KINDS.getOrDefault(ClassUtils.resolvePrimitiveIfNecessary(type), "another value");
		}

	}

}
