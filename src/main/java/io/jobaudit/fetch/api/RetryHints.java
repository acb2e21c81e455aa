package io.jobaudit.fetch.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** How long the API asks to wait, according to an answer's headers. */
final class RetryHints {

	private static final Pattern TIME_LEFT = Pattern.compile("TimeLeft[\"':=\\s]+(\\d{1,9})");

	/** The forms of a date in HTTP: that of today, of RFC 850 and of C. */
	private static final List<DateTimeFormatter> DATES = Stream
		.of("EEE, dd MMM uuuu HH:mm:ss 'GMT'", "EEEE, dd-MMM-uu HH:mm:ss 'GMT'", "EEE MMM ppd HH:mm:ss uuuu")
		.map((pattern) -> DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC))
		.toList();

	private static final long LONGEST = 999_999_999;

	private RetryHints() {
	}

	/**
	 * Reads the longest hint that the headers give.
	 * @param header gives the first value of a header, or null
	 * @param now the current time, for a date in an answer without a date of its own
	 * @return the wait, zero when no header asks for one
	 */
	static Duration read(Function<String, @Nullable String> header, Instant now) {
		String after = header.apply("Retry-After");
		Instant sent = Objects.requireNonNullElse(date(header.apply("Date")), now);
		return Duration.ofMillis(LongStream
			.of(number(header.apply("x-acs-retry-after")), 1000 * Math.max(number(after), until(date(after), sent)),
					timeLeft(header.apply("x-ratelimit-user-api")), timeLeft(header.apply("x-ratelimit-user")))
			.max()
			.getAsLong());
	}

	private static long number(@Nullable String value) {
		return (value != null && value.strip().matches("\\d{1,9}")) ? Long.parseLong(value.strip()) : 0;
	}

	private static long until(@Nullable Instant end, Instant begin) {
		return (end != null) ? Math.min(LONGEST, Duration.between(begin, end).toSeconds()) : 0;
	}

	static @Nullable Instant date(@Nullable String value) {
		for (DateTimeFormatter form : DATES) {
			try {
				return form.parse(Objects.requireNonNullElse(value, "").strip(), Instant::from);
			}
			catch (DateTimeException ex) {
				// not of this form
				continue;
			}
		}
		return null;
	}

	private static long timeLeft(@Nullable String value) {
		Matcher matcher = TIME_LEFT.matcher((value != null) ? value : "");
		return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
	}

}
