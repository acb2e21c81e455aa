package io.jobaudit.billing;

import java.math.BigDecimal;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * What 1,000 tokens of a job type cost on some days.
 *
 * @param jobType the job type
 * @param currency ISO 4217 code; empty for no price yet
 * @param per1000Tokens the exact price
 * @param validFrom first day
 * @param validTo last day; null for no end
 * @param note the note in the file; null for none
 */
record Price(String jobType, String currency, BigDecimal per1000Tokens, LocalDate validFrom,
		@Nullable LocalDate validTo, @Nullable String note) {

	private static final String NO_CURRENCY = "";

	/** Makes 0.50 the same price as 0.5. */
	Price {
		per1000Tokens = per1000Tokens.stripTrailingZeros();
	}

	/** No price yet: the line says that these days are not missing by mistake. */
	static Price unknown(String jobType, LocalDate validFrom, @Nullable LocalDate validTo) {
		return new Price(jobType, NO_CURRENCY, BigDecimal.ZERO, validFrom, validTo, null);
	}

	boolean isKnown() {
		return !this.currency.equals(NO_CURRENCY);
	}

	@Override
	public String toString() {
		return this.per1000Tokens.toPlainString() + " " + this.currency;
	}

}
