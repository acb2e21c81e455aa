package io.jobaudit.report.xlsx;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.table.Money;
import io.jobaudit.report.table.ValueText;
import org.apache.poi.ss.usermodel.Cell;
import org.jspecify.annotations.Nullable;

/** Puts a value into a cell so that the cell shows exactly this value. */
final class ReportCell {

	/** A cell keeps 15 digits; a longer whole number would be rounded. */
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

	/** Money must keep all digits, other numbers those before the decimal point. */
	private static boolean isExact(BigDecimal number, ColumnFormat format) {
		return number.abs().compareTo(EXACT_BELOW) < 0
				&& (!format.isMoney() || number.stripTrailingZeros().precision() <= EXACT_DIGITS);
	}

	/** Excel counts in days and cannot show a negative time. */
	private static void setDuration(Cell cell, BigDecimal seconds) {
		if (seconds.signum() >= 0) {
			cell.setCellValue(seconds.doubleValue() / SECONDS_OF_DAY);
		}
		else {
			cell.setCellValue(ValueText.of(seconds, ColumnFormat.DURATION));
		}
	}

	/** Excel's calendar begins in 1900, a year with one day too many. */
	private static void setDate(Cell cell, LocalDateTime date) {
		if (date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR) {
			cell.setCellValue(date);
		}
		else {
			cell.setCellValue(date.toString());
		}
	}

}
