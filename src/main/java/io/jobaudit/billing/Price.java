package io.jobaudit.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * What 1,000 tokens of a job type cost on some days.
 *
 * @param jobType the job type
 * @param currency ISO 4217 code
 * @param per1000Tokens the exact price
 * @param validFrom first day
 * @param validTo last day; null for no end
 * @param note the note in the file; null for none
 */
record Price(String jobType, String currency, BigDecimal per1000Tokens, LocalDate validFrom,
		@Nullable LocalDate validTo, @Nullable String note) {

	/** Makes 0.50 the same price as 0.5. */
	Price {
		per1000Tokens = per1000Tokens.stripTrailingZeros();
	}

	/** Midnight at the beginning of its first day. */
	Instant startsAt(ZoneId zone) {
		return this.validFrom.atStartOfDay(zone).toInstant();
	}

	/** Midnight at the end of its last day; null for no end. */
	@Nullable Instant endsAt(ZoneId zone) {
		return (this.validTo != null) ? this.validTo.plusDays(1).atStartOfDay(zone).toInstant() : null;
	}

	@Override
	public String toString() {
		return this.per1000Tokens.toPlainString() + " " + this.currency;
	}

}
