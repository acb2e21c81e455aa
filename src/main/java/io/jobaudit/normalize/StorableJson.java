package io.jobaudit.normalize;

import io.jobaudit.PostgresText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Copies JSON so that PostgreSQL's {@code jsonb} accepts it, and records what the copy
 * changed.
 */
final class StorableJson {

	private static final int MAX_NUMBER_LENGTH = 50;

	private final Anomalies anomalies;

	StorableJson(Anomalies anomalies) {
		this.anomalies = anomalies;
	}

	ObjectNode copy(ObjectNode object, Path path) {
		ObjectNode copy = JsonNodeFactory.instance.objectNode();
		StorableNames names = new StorableNames(object, path, this.anomalies);
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
		if (StorableNumber.isStorable(number)) {
			return number;
		}
		this.anomalies.add(Anomaly.NUMBER_OUT_OF_RANGE, path, PostgresText.cut(number.asString(), MAX_NUMBER_LENGTH));
		return StringNode.valueOf(number.asString());
	}

}
