package io.jobaudit.normalize;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.jobaudit.PostgresText;
import io.jobaudit.normalize.Anomaly.Anomalies;
import io.jobaudit.normalize.SmartJob.UsageStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads token usage in any shape; a figure that is not exact is unknown, not zero. */
record UsageReader(Path path, Anomalies anomalies) {

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
		for (int encoding = 0; encoding < 2 && decoded.isString(); encoding++) {
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
		Long total = count(find(usage, Set.of("totaltokens")));
		if (total == null) {
			return Usage.UNREADABLE;
		}
		Long prompt = readPart(usage, "prompt_tokens", Set.of("prompttokens", "inputtokens"));
		Long completion = readPart(usage, "completion_tokens", Set.of("completiontokens", "outputtokens"));
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

	/** A number or numeric text; null unless whole, not negative and a {@code long}. */
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
		return PostgresText.cut(node.isString() ? node.stringValue() : Json.compact(node), 200);
	}

	/**
	 * The tokens of a job, as far as the answer reports them.
	 *
	 * @param total null unless {@code status} is {@code REPORTED}
	 * @param prompt null when not reported
	 * @param completion null when not reported
	 */
	record Usage(UsageStatus status, @Nullable Long total, @Nullable Long prompt, @Nullable Long completion) {

		static final Usage ABSENT = new Usage(UsageStatus.ABSENT, null, null, null);

		static final Usage UNREADABLE = new Usage(UsageStatus.UNREADABLE, null, null, null);

		static Usage reported(long total, @Nullable Long prompt, @Nullable Long completion) {
			return new Usage(UsageStatus.REPORTED, total, prompt, completion);
		}

	}

}
