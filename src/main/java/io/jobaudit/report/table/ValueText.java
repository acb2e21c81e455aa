package io.jobaudit.report.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.jobaudit.Money;
import io.jobaudit.report.definition.ColumnFormat;
import org.jspecify.annotations.Nullable;

/** Formats values as a workbook's cells show them. */
public final class ValueText {

	/** An unknown value, which is not zero. */
	public static final String UNKNOWN = "–";

	private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

	private ValueText() {
	}

	/**
	 * A value as {@link ColumnFormat#read} returns it.
	 * @param zone time zone of instants
	 */
	public static String of(@Nullable Object value, ColumnFormat format, ZoneId zone) {
		if (value instanceof BigDecimal number) {
			return of(number, format);
		}
		if (value instanceof OffsetDateTime instant) {
			return INSTANT.format(instant.atZoneSameInstant(zone));
		}
		return (value != null) ? value.toString() : UNKNOWN;
	}

	public static String of(@Nullable BigDecimal number, ColumnFormat format) {
		if (number == null) {
			return UNKNOWN;
		}
		return (format == ColumnFormat.DURATION) ? duration(number) : of(number, format.pattern());
	}

	/** A number, with the currency that it is in. */
	public static String of(@Nullable BigDecimal number, ColumnFormat format, @Nullable String currency) {
		return (number != null && format == ColumnFormat.MONEY && currency != null)
				? currency + " " + of(Money.rounded(number, currency), Money.pattern(currency)) : of(number, format);
	}

	/** A number by a pattern as in spreadsheets, halves rounded away from zero. */
	public static String of(BigDecimal number, String pattern) {
		DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
		int digits = format.getMaximumFractionDigits() + ((format.getMultiplier() == 100) ? 2 : 0);
		// Rounded here, because the format would make "-0" of what is almost zero.
		return format.format(number.setScale(digits, RoundingMode.HALF_UP));
	}

	private static String duration(BigDecimal seconds) {
		Duration length = Duration.ofSeconds(seconds.abs().setScale(0, RoundingMode.HALF_UP).longValue());
		String text = "%d:%02d:%02d".formatted(length.toHours(), length.toMinutesPart(), length.toSecondsPart());
		return (seconds.signum() < 0 && !length.isZero()) ? "-" + text : text;
	}

}
