package io.jobaudit.normalize;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NumericNode;

/** Reads a number of tokens, exactly or not at all. */
final class TokenCount {

	// Beyond, neighbouring whole numbers share a double.
	private static final double LAST_EXACT_DOUBLE = (1L << 53) - 1;

	private TokenCount() {
	}

	/**
	 * The count in a number or a numeric text; null unless it is whole, not negative and
	 * fits a {@code long}.
	 */
	static @Nullable Long of(JsonNode node) {
		JsonNode count = node.isString() ? Json.parse(node.stringValue()).orElse(node) : node;
		return (count instanceof NumericNode number && isExact(number)) ? whole(number) : null;
	}

	private static boolean isExact(NumericNode number) {
		return !(number.isDouble() || number.isFloat()) || Math.abs(number.doubleValue()) <= LAST_EXACT_DOUBLE;
	}

	private static @Nullable Long whole(NumericNode number) {
		try {
			long count = number.decimalValue().longValueExact();
			return (count < 0) ? null : count;
		}
		catch (ArithmeticException ex) {
			return null;
		}
	}

}
