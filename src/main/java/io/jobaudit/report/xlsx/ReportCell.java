package io.jobaudit.report.xlsx;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

import io.jobaudit.Money;
import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.table.ValueText;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;

/** Puts a value into a cell so that the cell shows exactly this value. */
final class ReportCell {

	/** A cell keeps 15 digits; a longer whole number would be rounded. */
	private static final int EXACT_DIGITS = 15;

	private static final BigDecimal EXACT_BELOW = BigDecimal.TEN.pow(EXACT_DIGITS);

	private ReportCell() {
	}

	/** A number that a spreadsheet can add up: with the digits that a cell keeps. */
	static @Nullable Object addable(@Nullable Object value) {
		return (value instanceof BigDecimal number) ? number.round(new MathContext(EXACT_DIGITS)) : value;
	}

	static void set(Cell cell, @Nullable Object value, ColumnFormat format, @Nullable String currency,
			OpenWorkbook workbook) {
		if (value instanceof BigDecimal number) {
			setNumber(cell, (format == ColumnFormat.MONEY) ? Money.rounded(number, currency) : number, format);
		}
		else if (value instanceof OffsetDateTime instant) {
			setDate(cell, instant.atZoneSameInstant(workbook.zone()).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS));
		}
		else if (value instanceof LocalDate day) {
			setDate(cell, day.atStartOfDay());
		}
		else if (value != null) {
			cell.setCellValue(CellText.of(value.toString(), workbook.texts()));
		}
	}

	/** The number that a cell has for a value; null when it has none. */
	static @Nullable Double number(@Nullable Object value, ColumnFormat format) {
		if (value instanceof LocalDate day) {
			return DateUtil.getExcelDate(day);
		}
		if (!(value instanceof BigDecimal number)) {
			return null;
		}
		return (format == ColumnFormat.DURATION) ? number.doubleValue() / Duration.ofDays(1).toSeconds()
				: number.doubleValue();
	}

	private static void setNumber(Cell cell, BigDecimal number, ColumnFormat format) {
		if (format == ColumnFormat.DURATION) {
			setDuration(cell, number);
		}
		else if (isExact(number, format)) {
			cell.setCellValue(number.doubleValue());
		}
		else {
			cell.setCellValue(number.toPlainString());
		}
	}

	/** Whether a cell keeps the whole number. */
	static boolean isExact(BigDecimal number) {
		return number.abs().compareTo(EXACT_BELOW) < 0;
	}

	/** Money must keep all digits, other numbers those before the decimal point. */
	private static boolean isExact(BigDecimal number, ColumnFormat format) {
		return number.stripTrailingZeros().precision() <= EXACT_DIGITS || (!format.isMoney() && isExact(number));
	}

	/** Excel counts in days and cannot show a negative time. */
	private static void setDuration(Cell cell, BigDecimal seconds) {
		if (seconds.signum() >= 0) {
			cell.setCellValue(seconds.doubleValue() / Duration.ofDays(1).toSeconds());
		}
		else {
			cell.setCellValue(ValueText.of(seconds, ColumnFormat.DURATION));
		}
	}

	/** Excel's calendar begins in 1900, a year with one day too many. */
	private static void setDate(Cell cell, LocalDateTime date) {
		if (date.getYear() >= 1901 && date.getYear() <= 9999) {
			cell.setCellValue(date);
		}
		else {
			cell.setCellValue(date.toString());
		}
	}

	/** Makes a text safe for a cell, which then shows it unchanged. */
	static final class CellText {

		private static final int MAX_LENGTH = SpreadsheetVersion.EXCEL2007.getMaxTextLength();

		private static final Pattern REFUSED = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

		/** The beginning of an escape in Excel: "_x000D_" would be a line break. */
		private static final Pattern ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

		static String of(String text, ReportTexts texts) {
			if (text.length() <= MAX_LENGTH && text.chars().noneMatch(CellText::isSuspect)) {
				return text;
			}
			String readable = readable(text);
			return (readable.length() > MAX_LENGTH)
					? cut(readable, texts.text("cell.cut", text.codePointCount(0, text.length()))) : readable;
		}

		/** Whether a cell shows it without changes, unless it is too long. */
		static boolean isPlain(String text) {
			return text.equals(readable(text));
		}

		private static String readable(String text) {
			return ESCAPE.matcher(REFUSED.matcher(text).replaceAll("\uFFFD")).replaceAll("_x005F_");
		}

		/**
		 * A quick test, since most texts are harmless and a regular expression is slow.
		 */
		private static boolean isSuspect(int character) {
			return (character < ' ' && character != '\n' && character != '\t') || character == '_'
					|| character >= '\uFFFE';
		}

		private static String cut(String text, String mark) {
			int end = MAX_LENGTH - mark.length();
			if (Character.isHighSurrogate(text.charAt(end - 1))) {
				end--;
			}
			return text.substring(0, end) + mark;
		}

	}

}
