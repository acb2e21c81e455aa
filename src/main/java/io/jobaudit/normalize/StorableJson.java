package io.jobaudit.normalize;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;

import io.jobaudit.PostgresText;
import io.jobaudit.normalize.Anomaly.Anomalies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Copies JSON as {@code jsonb} accepts it, and records what the copy changed. */
record StorableJson(Anomalies anomalies) {

	private static final long MAX_DIGITS_BEFORE_POINT = 131_072;

	private static final int MAX_DIGITS_AFTER_POINT = 16_383;

	/**
	 * Field names of one object as {@code jsonb} accepts them, all different: a name that
	 * can be stored stays, a name that had to be changed avoids the others.
	 */
	private static final class Names {

		private final Set<String> taken;

		private final Path path;

		private final Anomalies anomalies;

		private int lastSuffix = 1;

		Names(ObjectNode object, Path path, Anomalies anomalies) {
			this.taken = new HashSet<>(object.propertyNames());
			this.path = path;
			this.anomalies = anomalies;
		}

		String of(String original) {
			String storable = PostgresText.of(original);
			return storable.equals(original) ? original : replaced(storable);
		}

		private String replaced(String storable) {
			if (this.taken.add(storable)) {
				this.anomalies.add(Anomaly.REPLACED_CHARACTERS, this.path.field(storable));
				return storable;
			}
			String free = withFreeSuffix(storable);
			this.anomalies.add(Anomaly.REPLACED_NAME, this.path.field(free));
			return free;
		}

		private String withFreeSuffix(String storable) {
			String candidate;
			do {
				this.lastSuffix++;
				candidate = storable + "#" + this.lastSuffix;
			}
			while (!this.taken.add(candidate));
			return candidate;
		}

	}

	ObjectNode copy(ObjectNode object, Path path) {
		ObjectNode copy = JsonNodeFactory.instance.objectNode();
		Names names = new Names(object, path, this.anomalies);
		object.forEachEntry((original, value) -> {
			String name = names.of(original);
			copy.set(name, copy(value, path.field(name)));
		});
		return copy;
	}

	private JsonNode copy(JsonNode node, Path path) {
		if (node instanceof ObjectNode object) {
			return copy(object, path);
		}
		if (node instanceof ArrayNode array) {
			return copy(array, path);
		}
		if (node instanceof StringNode text) {
			return copy(text, path);
		}
		return (node instanceof NumericNode number) ? copy(number, path) : node;
	}

	private ArrayNode copy(ArrayNode array, Path path) {
		ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
		for (int index = 0; index < array.size(); index++) {
			copy.add(copy(array.get(index), path.item(index)));
		}
		return copy;
	}

	private StringNode copy(StringNode text, Path path) {
		String storable = PostgresText.of(text.stringValue());
		if (storable.equals(text.stringValue())) {
			return text;
		}
		this.anomalies.add(Anomaly.REPLACED_CHARACTERS, path);
		return StringNode.valueOf(storable);
	}

	private JsonNode copy(NumericNode number, Path path) {
		if (isStorable(number)) {
			return number;
		}
		this.anomalies.add(Anomaly.NUMBER_OUT_OF_RANGE, path, PostgresText.cut(number.asString(), 50));
		return StringNode.valueOf(number.asString());
	}

	/** Whether a number fits PostgreSQL's {@code numeric}, and so {@code jsonb}. */
	static boolean isStorable(NumericNode number) {
		return number.isInt() || number.isLong() || (!number.isNaN() && isStorable(number.decimalValue()));
	}

	private static boolean isStorable(BigDecimal number) {
		long digitsBeforePoint = (long) number.precision() - number.scale();
		return digitsBeforePoint <= MAX_DIGITS_BEFORE_POINT && number.scale() <= MAX_DIGITS_AFTER_POINT;
	}

}
