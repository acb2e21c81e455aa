package io.jobaudit.fetch.api;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one JSON object that a body holds, in UTF-8 whatever a header says.
 *
 * @param object the object; of a field that occurs twice, the last one
 * @param bytesReplaced whether bytes that are not UTF-8 were replaced by U+FFFD
 * @param duplicateFields paths of the first fields that occur twice
 */
record JsonBody(ObjectNode object, boolean bytesReplaced, List<String> duplicateFields) {

	/** A tree takes up to a hundred bytes per token. */
	private static final int MAX_TOKENS = 1_000_000;

	private static final int MAX_LISTED = 20;

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xef, (byte) 0xbb, (byte) 0xbf };

	// Decimals stay exact: a double would turn 1e400000 into infinity before anyone could
	// see it.
	private static final JsonMapper JSON = JsonMapper
		.builder(JsonFactory.builder()
			.disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
			.streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(MAX_TOKENS).build())
			.build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	/**
	 * Reads a body.
	 * @throws UnreadableBodyException when it is anything but one JSON object within the
	 * limits
	 */
	static JsonBody parse(byte[] bytes) throws UnreadableBodyException {
		int start = (Arrays.mismatch(bytes, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length) ? BYTE_ORDER_MARK.length : 0;
		boolean utf8 = Utf8.isValid(bytes);
		try {
			JsonBody body = utf8 ? ofBytes(bytes, start) : null;
			body = (body != null) ? body : read(JSON.createParser(text(bytes, start)), !utf8);
			if (body != null) {
				return body;
			}
		}
		catch (StreamConstraintsException ex) {
			throw UnreadableBodyException.beyondReach(ex.getOriginalMessage().replaceFirst(", from `[^`]+`", ""), ex);
		}
		catch (NumberFormatException ex) {
			throw UnreadableBodyException.beyondReach("a number with an exponent beyond 2,147,483,647", ex);
		}
		catch (JacksonException ex) {
			throw UnreadableBodyException.notJson(bytes, ex);
		}
		throw UnreadableBodyException.notJson(bytes, null);
	}

	/**
	 * Parses the bytes, which is fast. Returns null if they are no JSON object, and for
	 * some JSON objects: the parser of bytes rejects a name with half a surrogate pair,
	 * which the parser of text accepts.
	 */
	private static @Nullable JsonBody ofBytes(byte[] bytes, int start) {
		try {
			return read(JSON.createParser(bytes, start, bytes.length - start), false);
		}
		catch (JacksonException | NumberFormatException ex) {
			return null;
		}
	}

	/** Never as a whole, which would take the heap of a large answer twice. */
	private static Reader text(byte[] bytes, int start) {
		return new InputStreamReader(new ByteArrayInputStream(bytes, start, bytes.length - start),
				StandardCharsets.UTF_8);
	}

	private static @Nullable JsonBody read(JsonParser parser, boolean bytesReplaced) {
		List<String> duplicates = new ArrayList<>();
		try (parser) {
			JsonNode root = value(parser, parser.nextToken(), duplicates);
			return (parser.nextToken() == null && root instanceof ObjectNode object)
					? new JsonBody(object, bytesReplaced, duplicates) : null;
		}
	}

	/** Jackson's own tree does not show which fields occur twice. */
	private static JsonNode value(JsonParser parser, @Nullable JsonToken token, List<String> duplicates) {
		if (token == JsonToken.START_OBJECT) {
			ObjectNode object = JSON.createObjectNode();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				if (object.has(name) && duplicates.size() < MAX_LISTED) {
					duplicates
						.add(parser.streamReadContext().pathAsPointer().toString().substring(1).replace('/', '.'));
				}
				object.set(name, value(parser, parser.nextToken(), duplicates));
			}
			return object;
		}
		if (token == JsonToken.START_ARRAY) {
			ArrayNode array = JSON.createArrayNode();
			for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
				array.add(value(parser, next, duplicates));
			}
			return array;
		}
		return (token != null) ? parser.readValueAsTree() : MissingNode.getInstance();
	}

}
