package io.jobaudit.normalize;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.jobaudit.PostgresText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the token usage in any shape; a figure that cannot be read exactly is unknown,
 * never zero.
 */
record UsageReader(Path path, Anomalies anomalies) {

	private static final Set<String> TOTAL = Set.of("totaltokens");

	private static final Set<String> PROMPT = Set.of("prompttokens", "inputtokens");

	private static final Set<String> COMPLETION = Set.of("completiontokens", "outputtokens");

	private static final int MAX_ENCODINGS = 2;

	private static final int MAX_QUOTED = 200;

	// Beyond, neighbouring whole numbers share a double.
	private static final double LAST_EXACT_DOUBLE = (1L << 53) - 1;

	Usage read(JsonNode usage) {
		JsonNode decoded = decode(usage);
		if (isAbsent(decoded)) {
			return Usage.ABSENT;
		}
		Usage read = (decoded instanceof ObjectNode object) ? readObject(object) : readNumber(decoded);
		if (read.status() == UsageStatus.UNREADABLE) {
			this.anomalies.add("unreadable usage", this.path, quote(usage));
		}
		return read;
	}

	private static JsonNode decode(JsonNode usage) {
		JsonNode decoded = usage;
		for (int encoding = 0; encoding < MAX_ENCODINGS && decoded.isString(); encoding++) {
			decoded = Json.parse(decoded.stringValue()).orElse(decoded);
		}
		return decoded;
	}

	private static boolean isAbsent(JsonNode decoded) {
		return decoded.isMissingNode() || decoded.isNull() || (decoded.isObject() && decoded.isEmpty())
				|| (decoded.isString() && decoded.stringValue().isBlank());
	}

	private Usage readNumber(JsonNode number) {
		Long total = number.isNumber() ? exact(number) : null;
		if (total == null) {
			return Usage.UNREADABLE;
		}
		this.anomalies.add("bare number taken as total_tokens", this.path, total.toString());
		return Usage.reported(total, null, null);
	}

	private Usage readObject(ObjectNode usage) {
		Long total = count(find(usage, TOTAL));
		if (total == null) {
			return Usage.UNREADABLE;
		}
		Long prompt = readPart(usage, "prompt_tokens", PROMPT);
		Long completion = readPart(usage, "completion_tokens", COMPLETION);
		if (prompt != null && completion != null && total - prompt != completion) {
			this.anomalies.add("tokens do not add up", this.path, total + " is not " + prompt + " + " + completion);
		}
		return Usage.reported(total, prompt, completion);
	}

	private @Nullable Long readPart(ObjectNode usage, String name, Set<String> names) {
		List<JsonNode> found = find(usage, names);
		Long count = count(found);
		if (count == null && !found.isEmpty()) {
			this.anomalies.add("unreadable tokens", this.path.field(name), quote(found.get(0)));
		}
		return count;
	}

	private static List<JsonNode> find(ObjectNode usage, Set<String> names) {
		return usage.propertyStream()
			.filter((field) -> names.contains(field.getKey().replace("_", "").toLowerCase(Locale.ROOT)))
			.map((field) -> field.getValue())
			.filter((value) -> !value.isNull())
			.toList();
	}

	/**
	 * Null for no value, and for different values under several spellings of the name.
	 */
	private static @Nullable Long count(List<JsonNode> found) {
		Long count = found.isEmpty() ? null : exact(found.get(0));
		return found.stream().allMatch((other) -> count != null && count.equals(exact(other))) ? count : null;
	}

	/**
	 * The count in a number or a numeric text; null unless it is whole, not negative and
	 * fits a {@code long}.
	 */
	private static @Nullable Long exact(JsonNode node) {
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

	private static String quote(JsonNode node) {
		return PostgresText.cut(node.isString() ? node.stringValue() : Json.compact(node), MAX_QUOTED);
	}

}
