package io.jobaudit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** How amounts of money are shown; the database has the exact amounts. */
public final class Money {

	private static final int USUAL_DIGITS = 2;

	private static final Set<String> KNOWN = Currency.getAvailableCurrencies()
		.stream()
		.map(Currency::getCurrencyCode)
		.collect(Collectors.toUnmodifiableSet());

	private Money() {
	}

	/** An exact amount, rounded; rounded amounts must not be added up. */
	public static BigDecimal rounded(BigDecimal exact, @Nullable String currency) {
		return exact.setScale(digits(currency), RoundingMode.HALF_UP);
	}

	public static String pattern(@Nullable String currency) {
		int digits = digits(currency);
		return (digits > 0) ? "#,##0." + "0".repeat(digits) : "#,##0";
	}

	/** The minor digits of ISO 4217; two for an unknown currency. */
	private static int digits(@Nullable String currency) {
		if (currency == null || !KNOWN.contains(currency)) {
			return USUAL_DIGITS;
		}
		int digits = Currency.getInstance(currency).getDefaultFractionDigits();
		return (digits >= 0) ? digits : USUAL_DIGITS;
	}

}
