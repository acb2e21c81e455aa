package io.jobaudit.normalize;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Damages answers at random.
 */
final class Mutations {

	private static final List<String> SPLICES = List.of("\\u0000", "\\ud83d", "\\ude00", "1e999999", "-0", "null", "[",
			"]", "{", "}", "\"", ",", ":", "\\", "\u00FF", "\"Usage\":", "\"State\":", "99999999999999999999");

	private static final List<String> NAMES = List.of("", "\u0000", "\uD800", "\uDFFF", "\uFFFD", "\uFFFD#2", "State",
			"JobResult", "SmartJobInfo", "Usage", "AiResult", "CreateTime", "total_tokens");

	private static final List<String> VALUES = List.of("null", "true", "[]", "{}", "-1", "1e400", "\"\"", "\"1\"",
			"\"\\u0000\"", "\"\\ud800x\"", "\"x\\udc00\"", "\"9999-12-31T23:59:59-18:00\"",
			"\"{\\\"total_tokens\\\":1}\"", "{\"total_tokens\":\"\\ud800\"}", "[[\"\\u0000\"]]",
			"123456789012345678901234567890", "2.5e-320");

	private final JsonMapper mapper = JsonMapper.shared();

	private final Random random;

	Mutations(Random random) {
		this.random = random;
	}

	/** A few bytes changed, removed, doubled or put in; mostly no JSON any more. */
	byte[] ofBytes(byte[] bytes) {
		byte[] mutated = bytes;
		for (int left = 1 + this.random.nextInt(3); left > 0; left--) {
			int from = this.random.nextInt(mutated.length);
			int to = Math.min(mutated.length, from + this.random.nextInt(3));
			mutated = spliced(mutated, from, to, splice());
		}
		return mutated;
	}

	/** A few values replaced or put in under odd names; always JSON. */
	byte[] ofTree(byte[] bytes) {
		ObjectNode tree = RecordedAnswer.parse(bytes).body();
		for (int left = 1 + this.random.nextInt(4); left > 0; left--) {
			mutate(any(containers(tree)));
		}
		return tree.toString().getBytes(StandardCharsets.UTF_8);
	}

	<T> T any(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	private byte[] splice() {
		if (this.random.nextBoolean()) {
			return new byte[] { (byte) this.random.nextInt() };
		}
		return any(SPLICES).getBytes(StandardCharsets.ISO_8859_1);
	}

	private static byte[] spliced(byte[] bytes, int from, int to, byte[] splice) {
		ByteArrayOutputStream spliced = new ByteArrayOutputStream();
		spliced.write(bytes, 0, from);
		spliced.writeBytes(splice);
		spliced.write(bytes, to, bytes.length - to);
		return spliced.toByteArray();
	}

	private void mutate(JsonNode container) {
		JsonNode value = value();
		if (container instanceof ArrayNode array) {
			array.add(value);
		}
		else if (container instanceof ObjectNode object) {
			List<String> names = new ArrayList<>(object.propertyNames());
			object.set((names.isEmpty() || this.random.nextInt(3) == 0) ? any(NAMES) : any(names), value);
		}
	}

	private JsonNode value() {
		return (this.random.nextInt(4) == 0) ? StringNode.valueOf(randomText()) : this.mapper.readTree(any(VALUES));
	}

	private String randomText() {
		StringBuilder text = new StringBuilder();
		for (int left = this.random.nextInt(20); left > 0; left--) {
			text.append((char) this.random.nextInt(Character.MAX_VALUE + 1));
		}
		return text.toString();
	}

	private static List<JsonNode> containers(JsonNode tree) {
		List<JsonNode> containers = new ArrayList<>();
		if (tree.isContainer()) {
			containers.add(tree);
			tree.forEach((child) -> containers.addAll(containers(child)));
		}
		return containers;
	}

}
