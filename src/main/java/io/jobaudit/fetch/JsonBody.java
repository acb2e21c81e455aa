package io.jobaudit.fetch;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one JSON object that a body holds, in UTF-8 whatever a header says.
 *
 * @param object the object; of a field that stands twice, the last
 * @param bytesReplaced whether bytes that are not UTF-8 stand as U+FFFD
 * @param duplicateFields paths of fields that stand twice
 */
record JsonBody(ObjectNode object, boolean bytesReplaced, List<String> duplicateFields) {

	/** A tree takes up to a hundred bytes for a token. */
	private static final int MAX_TOKENS = 1_000_000;

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private static final String REPLACEMENT = "\uFFFD";

	// Decimals stay exact: a double would turn 1e400000 into infinity before anyone could
	// see it.
	private static final JsonMapper JSON = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(MAX_TOKENS).build())
			.build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	/**
	 * Reads a body.
	 * @throws UnreadableBodyException when it is anything but one JSON object within
	 * reach
	 */
	static JsonBody parse(byte[] bytes) throws UnreadableBodyException {
		String text = text(bytes);
		try {
			if (JSON.readTree(text) instanceof ObjectNode object) {
				return new JsonBody(object, text.contains(REPLACEMENT) && !isUtf8(bytes),
						DuplicateFields.of(JSON.createParser(text)));
			}
		}
		catch (StreamConstraintsException ex) {
			throw UnreadableBodyException.beyondReach(ex.getOriginalMessage(), ex);
		}
		catch (NumberFormatException ex) {
			throw UnreadableBodyException.beyondReach("a number with an exponent beyond 2,147,483,647", ex);
		}
		catch (JacksonException ex) {
			throw UnreadableBodyException.notJson(text, ex);
		}
		throw UnreadableBodyException.notJson(text, null);
	}

	private static String text(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.UTF_8);
		return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
	}

	private static boolean isUtf8(byte[] bytes) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
