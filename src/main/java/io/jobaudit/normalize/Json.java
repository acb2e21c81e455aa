package io.jobaudit.normalize;

import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** JSON from text and JSON to compact text. */
final class Json {

	// A double would silently change a figure of 17 digits.
	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final ObjectReader PLAIN = MAPPER.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

	private Json() {
	}

	/** Empty unless one JSON value, no field twice; a missing node when blank. */
	static Optional<JsonNode> parse(String text) {
		try {
			return Optional.of(PLAIN.readTree(text));
		}
		catch (JacksonException | NumberFormatException ex) { // the latter: 1e99999999999
			return Optional.empty();
		}
	}

	/** Whether blank or one JSON value a parser can nest; numbers of any size. */
	static boolean isValid(String text) {
		try (JsonParser parser = MAPPER.createParser(text)) {
			parser.nextToken();
			parser.skipChildren();
			return parser.nextToken() == null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	static String compact(JsonNode node) {
		return MAPPER.writeValueAsString(node);
	}

}
