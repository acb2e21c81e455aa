package io.jobaudit.billing;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * A month that is closed.
 *
 * @param closeId number of the closing
 * @param month the month
 * @param zone time zone of the midnights that begin and end it
 * @param startsAt its first moment
 * @param endsAt the first moment after it
 * @param closedAt when it was closed
 * @param closedBy user of the operating system who closed it
 * @param filedAt when its files were archived; null until then
 * @param jobs number of jobs booked in it
 */
public record ClosedMonth(long closeId, YearMonth month, ZoneId zone, Instant startsAt, Instant endsAt,
		Instant closedAt, String closedBy, @Nullable Instant filedAt, long jobs) {

	/** The command that reopens it. */
	String howToReopen() {
		return "job-audit close %s --reopen --reason \"...\"".formatted(this.month);
	}

}
