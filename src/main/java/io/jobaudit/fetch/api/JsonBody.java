package io.jobaudit.fetch.api;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.commons.io.input.BOMInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
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

	private static final int BLOCK = 8192;

	private static final int MAX_LISTED = 20;

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
	 * @throws UnreadableBodyException when it is anything but one JSON object within the
	 * limits
	 */
	static JsonBody parse(byte[] bytes) throws UnreadableBodyException {
		try {
			if (JSON.readTree(text(bytes)) instanceof ObjectNode object) {
				return new JsonBody(object, !isUtf8(bytes), duplicateFields(bytes));
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

	/** Never as a whole, which would take the heap of a large answer twice. */
	private static Reader text(byte[] bytes) {
		try {
			return new InputStreamReader(BOMInputStream.builder().setByteArray(bytes).get(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("bytes in memory are always readable", ex);
		}
	}

	private static boolean isUtf8(byte[] bytes) {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		ByteBuffer in = ByteBuffer.wrap(bytes);
		CharBuffer out = CharBuffer.allocate(BLOCK);
		CoderResult result = decoder.decode(in, out, true);
		while (result.isOverflow()) {
			result = decoder.decode(in, out.clear(), true);
		}
		return !result.isError();
	}

	/** A tree cannot show them; a path is such as {@code JobResult.Usage}. */
	private static List<String> duplicateFields(byte[] bytes) {
		List<String> found = new ArrayList<>();
		Deque<Set<String>> open = new ArrayDeque<>();
		try (JsonParser parser = JSON.createParser(text(bytes))) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (token == JsonToken.START_OBJECT) {
					open.push(new HashSet<>());
				}
				else if (token == JsonToken.END_OBJECT) {
					open.pop();
				}
				else if (token == JsonToken.PROPERTY_NAME && !open.element().add(parser.currentName())
						&& found.size() < MAX_LISTED) {
					found.add(parser.streamReadContext().pathAsPointer().toString().substring(1).replace('/', '.'));
				}
			}
		}
		return found;
	}

}
