package io.jobaudit.billing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * A price and the moments at which it begins and ends.
 *
 * @param price the price
 * @param startsAt midnight at the beginning of its first day
 * @param endsAt midnight at the end of its last day, exclusive; null for no end
 */
record DatedPrice(Price price, Instant startsAt, @Nullable Instant endsAt) {

	/** A price with the days of a time zone. */
	static DatedPrice of(Price price, ZoneId zone) {
		LocalDate last = price.validTo();
		return new DatedPrice(price, price.validFrom().atStartOfDay(zone).toInstant(),
				(last != null) ? last.plusDays(1).atStartOfDay(zone).toInstant() : null);
	}

	boolean isFor(String jobType, Instant moment) {
		return this.price.jobType().equals(jobType) && !moment.isBefore(this.startsAt)
				&& (this.endsAt == null || moment.isBefore(this.endsAt));
	}

}
