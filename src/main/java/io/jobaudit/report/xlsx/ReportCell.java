package io.jobaudit.report.xlsx;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.table.Money;
import org.apache.poi.ss.usermodel.Cell;
import org.jspecify.annotations.Nullable;

/** Puts a value into a cell so that the cell shows this value and no other. */
final class ReportCell {

	/** A cell holds 15 digits; a longer whole number would be rounded. */
	private static final int EXACT_DIGITS = 15;

	private static final BigDecimal EXACT_BELOW = BigDecimal.TEN.pow(EXACT_DIGITS);

	private static final double SECONDS_OF_DAY = Duration.ofDays(1).toSeconds();

	private static final int FIRST_YEAR = 1901;

	private static final int LAST_YEAR = 9999;

	private ReportCell() {
	}

	static void set(Cell cell, @Nullable Object value, ColumnFormat format, @Nullable String currency, ZoneId zone) {
		if (value instanceof BigDecimal number) {
			setNumber(cell, (format == ColumnFormat.MONEY) ? Money.rounded(number, currency) : number, format);
		}
		else if (value instanceof OffsetDateTime instant) {
			setDate(cell, instant.atZoneSameInstant(zone).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS));
		}
		else if (value instanceof LocalDate day) {
			setDate(cell, day.atStartOfDay());
		}
		else if (value != null) {
			cell.setCellValue(CellText.of(value.toString()));
		}
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

	/** Of money no digit is lost, of other numbers none before the point. */
	private static boolean isExact(BigDecimal number, ColumnFormat format) {
		return number.abs().compareTo(EXACT_BELOW) < 0
				&& (!format.isMoney() || number.stripTrailingZeros().precision() <= EXACT_DIGITS);
	}

	/** Excel counts in days, and shows no time below 0. */
	private static void setDuration(Cell cell, BigDecimal seconds) {
		if (seconds.signum() >= 0) {
			cell.setCellValue(seconds.doubleValue() / SECONDS_OF_DAY);
		}
		else {
			Duration length = Duration.ofSeconds(seconds.negate().setScale(0, RoundingMode.HALF_UP).longValue());
			cell.setCellValue(
					"-%d:%02d:%02d".formatted(length.toHours(), length.toMinutesPart(), length.toSecondsPart()));
		}
	}

	/** Excel's calendar begins with 1900, and has one day too many in it. */
	private static void setDate(Cell cell, LocalDateTime date) {
		if (date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR) {
			cell.setCellValue(date);
		}
		else {
			cell.setCellValue(date.toString());
		}
	}

}
