package io.jobaudit.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

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
 * @param invoiceId the vendor's invoice; null when none was named
 */
public record ClosedMonth(long closeId, YearMonth month, ZoneId zone, Instant startsAt, Instant endsAt,
		Instant closedAt, String closedBy, @Nullable Instant filedAt, @Nullable String invoiceId) {

	/** The command that reopens it. */
	String howToReopen() {
		return "job-audit close %s --reopen --reason \"...\"".formatted(this.month);
	}

	/**
	 * What is booked in a month, without its corrections.
	 *
	 * @param unknownJobs jobs whose usage is missing or unreadable
	 * @param unpricedJobs jobs with tokens for which there is no price
	 * @param unfinishedJobs jobs that were in no final state
	 * @param spend exact amount for each currency
	 */
	public record BookedTotals(long jobs, BigDecimal tokens, long unknownJobs, long unpricedJobs, long unfinishedJobs,
			Map<String, BigDecimal> spend) {

		public BookedTotals {
			spend = Collections.unmodifiableMap(new TreeMap<>(spend));
		}

	}

}
