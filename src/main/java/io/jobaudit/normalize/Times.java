package io.jobaudit.normalize;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Reads ISO 8601 times with {@code Z} or an offset, with or without a fraction, of
 * plausible years.
 */
final class Times {

	private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder().parseCaseInsensitive()
		.append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
		.appendPattern("[XXX][XX][X]")
		.toFormatter()
		.withResolverStyle(ResolverStyle.STRICT);

	private static final int FIRST_YEAR = 1970;

	private static final int LAST_YEAR = 9999;

	private Times() {
	}

	/** The time in microseconds, the precision of {@code timestamptz}. */
	static Optional<Instant> parse(String text) {
		try {
			return Optional.of(FORMAT.parse(text, Instant::from).truncatedTo(ChronoUnit.MICROS))
				.filter(Times::isPlausible);
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

	private static boolean isPlausible(Instant time) {
		int year = time.atOffset(ZoneOffset.UTC).getYear();
		return year >= FIRST_YEAR && year <= LAST_YEAR;
	}

}
