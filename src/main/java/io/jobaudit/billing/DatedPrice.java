package io.jobaudit.billing;

import java.time.Instant;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * A price and the moments that its days are.
 *
 * @param price the price
 * @param startsAt the midnight that begins its first day
 * @param endsAt the midnight that ends its last day, exclusive; null for no end
 */
record DatedPrice(Price price, Instant startsAt, @Nullable Instant endsAt) {

	/** With the days of a zone. */
	static DatedPrice of(Price price, ZoneId zone) {
		return new DatedPrice(price, price.startsAt(zone), price.endsAt(zone));
	}

	boolean isFor(String jobType, Instant moment) {
		return this.price.jobType().equals(jobType) && !moment.isBefore(this.startsAt)
				&& (this.endsAt == null || moment.isBefore(this.endsAt));
	}

}
