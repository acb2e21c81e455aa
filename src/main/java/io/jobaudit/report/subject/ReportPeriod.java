package io.jobaudit.report.subject;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * The days whose jobs are reported on, in the report's time zone.
 *
 * @param month the month; null when the days are not given as a month
 */
public record ReportPeriod(LocalDate firstDay, LocalDate lastDay, @Nullable YearMonth month) {

	public ReportPeriod {
		if (lastDay.isBefore(firstDay)) {
			throw new IllegalArgumentException(
					"the last day of a period cannot be before the first, but %s is before %s".formatted(lastDay,
							firstDay));
		}
	}

	public static ReportPeriod of(YearMonth month) {
		return new ReportPeriod(month.atDay(1), month.atEndOfMonth(), month);
	}

	public static ReportPeriod of(LocalDate firstDay, LocalDate lastDay) {
		return new ReportPeriod(firstDay, lastDay, null);
	}

	public String directoryName() {
		return (this.month != null) ? "month-" + this.month : "days-" + this.firstDay + "-to-" + this.lastDay;
	}

	public Instant from(ZoneId zone) {
		return this.firstDay.atStartOfDay(zone).toInstant();
	}

	/** The instant at which it ends, exclusive. */
	public Instant to(ZoneId zone) {
		return this.lastDay.plusDays(1).atStartOfDay(zone).toInstant();
	}

	/** The instant at which the previous period of the same length begins. */
	Instant previousFrom(ZoneId zone) {
		Period length = (this.month != null) ? Period.ofMonths(1)
				: Period.ofDays((int) (this.lastDay.toEpochDay() - this.firstDay.toEpochDay() + 1));
		return this.firstDay.minus(length).atStartOfDay(zone).toInstant();
	}

	@Override
	public String toString() {
		return (this.month != null) ? "month " + this.month : this.firstDay + " to " + this.lastDay;
	}

}
