package io.jobaudit.normalize;

import java.math.BigDecimal;

import tools.jackson.databind.node.NumericNode;

/** Which numbers fit PostgreSQL's {@code numeric}, and so {@code jsonb}. */
final class StorableNumber {

	private static final long MAX_DIGITS_BEFORE_POINT = 131_072;

	private static final int MAX_DIGITS_AFTER_POINT = 16_383;

	private StorableNumber() {
	}

	static boolean isStorable(NumericNode number) {
		return number.isInt() || number.isLong() || (!number.isNaN() && isStorable(number.decimalValue()));
	}

	private static boolean isStorable(BigDecimal number) {
		long digitsBeforePoint = (long) number.precision() - number.scale();
		return digitsBeforePoint <= MAX_DIGITS_BEFORE_POINT && number.scale() <= MAX_DIGITS_AFTER_POINT;
	}

}
