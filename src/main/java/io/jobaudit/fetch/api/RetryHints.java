package io.jobaudit.fetch.api;

import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

/** How long the API asks to wait, according to an answer's headers. */
final class RetryHints {

	private static final Pattern TIME_LEFT = Pattern.compile("TimeLeft[\"':=\\s]+(\\d{1,9})");

	private RetryHints() {
	}

	/**
	 * Reads the longest hint that the headers give.
	 * @param header gives the first value of a header, or null
	 * @return the wait, zero when no header asks for one
	 */
	static Duration read(Function<String, @Nullable String> header) {
		return Duration.ofMillis(LongStream
			.of(number(header.apply("x-acs-retry-after")), 1000 * number(header.apply("Retry-After")),
					timeLeft(header.apply("x-ratelimit-user-api")), timeLeft(header.apply("x-ratelimit-user")))
			.max()
			.getAsLong());
	}

	private static long number(@Nullable String value) {
		return (value != null && value.strip().matches("\\d{1,9}")) ? Long.parseLong(value.strip()) : 0;
	}

	private static long timeLeft(@Nullable String value) {
		Matcher matcher = TIME_LEFT.matcher((value != null) ? value : "");
		return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
	}

}
