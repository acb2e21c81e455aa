package io.jobaudit.fetch.api;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jobaudit.Generated;
import io.jobaudit.Mutator;
import io.jobaudit.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** One pass over the bytes says what a text, its tree and its fields say one by one. */
class JsonBodyTest {

	private static final JsonMapper PLAIN = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final List<String> TEXTS = List.of("a", "a", "b", "\\u0061", "\\ud83d", "\\ude00", "\\ud83d\\ude00",
			"\\ude00\\ud83d", "\u00e9\u7eaf\ud83d\ude00", "\\u0000", "\\\"\\/\\n", "State", "a longer name than others",
			"");

	private static final List<String> VALUES = List.of("0", "-0", "-0.0", "0.10", "1e400", "12345678901234567890",
			"2147483648", "true", "false", "null", "[]", "{}", " 1\t", "1e99999999999", "NaN", "01", "tru");

	/** At the edges of what UTF-8 allows. */
	private static final List<Integer> BYTES = List.of(0x00, 0x22, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1,
			0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xf8, 0xff);

	@Test
	void readsWhatTheTextOfTheBytesSays() throws IOException {
		Mutator mutator = new Mutator(samples(), TEXTS);
		Property.holds((random) -> {
			byte[] bytes = random.nextBoolean() ? mutator.next(random)
					: ("\uFEFF".repeat(random.nextInt(8) / 6) + object(random, 0)).getBytes(StandardCharsets.UTF_8);
			if (random.nextInt(4) == 0 && bytes.length > 0) {
				bytes[random.nextInt(bytes.length)] = Generated.pick(random, BYTES).byteValue();
			}
			assertThat(read(bytes)).as(Mutator.shown(bytes)).isEqualTo(expected(bytes));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE" })
	void noOtherEncodingIsGuessed(String charset) {
		byte[] bytes = "{\"State\":\"Finished\"}".getBytes(Charset.forName(charset));

		assertThatExceptionOfType(UnreadableBodyException.class).isThrownBy(() -> JsonBody.parse(bytes));
	}

	@Test
	void utf8IsWhatADecoderTakes() {
		Property.holds((random) -> {
			byte[] bytes = new byte[random.nextInt(24)];
			for (int i = 0; i < bytes.length; i++) {
				bytes[i] = (random.nextInt(3) == 0) ? (byte) 'x' : Generated.pick(random, BYTES).byteValue();
			}
			assertThat(Utf8.isValid(bytes)).as(Arrays.toString(bytes)).isEqualTo(isUtf8(bytes));
		});
		for (int code = 0; code <= Character.MAX_CODE_POINT; code++) {
			boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
			assertThat(Utf8.isValid(encoded(code))).as("U+%X", code).isEqualTo(!surrogate);
		}
	}

	private static String object(Random random, int depth) {
		return Stream.generate(() -> "\"" + Generated.pick(random, TEXTS) + "\":" + value(random, depth))
			.limit(random.nextInt(5))
			.collect(Collectors.joining(",", "{", "}"));
	}

	private static String value(Random random, int depth) {
		return switch (random.nextInt((depth < 3) ? 8 : 4)) {
			case 0, 1, 2 -> "\"" + Generated.pick(random, TEXTS) + "\"";
			case 3 -> Generated.pick(random, VALUES);
			case 4, 5 -> "[" + value(random, depth + 1) + "," + value(random, depth + 1) + "]";
			default -> object(random, depth + 1);
		};
	}

	private static @Nullable Read read(byte[] bytes) {
		try {
			JsonBody body = JsonBody.parse(bytes);
			return new Read(body.object(), body.bytesReplaced(), body.duplicateFields());
		}
		catch (UnreadableBodyException ex) {
			return null;
		}
	}

	private static @Nullable Read expected(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.UTF_8);
		text = text.startsWith("\uFEFF") ? text.substring(1) : text;
		try {
			JsonNode tree = PLAIN.readTree(text);
			return tree.isObject() ? new Read(tree, !isUtf8(bytes), duplicates(text)) : null;
		}
		catch (JacksonException | NumberFormatException ex) {
			return null;
		}
	}

	private static boolean isUtf8(byte[] bytes) {
		return Arrays.equals(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
	}

	private static List<String> duplicates(String text) {
		List<String> found = new ArrayList<>();
		Deque<Set<String>> open = new ArrayDeque<>();
		try (JsonParser parser = PLAIN.createParser(text)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				switch (token) {
					case START_OBJECT -> open.push(new HashSet<>());
					case END_OBJECT -> open.pop();
					case PROPERTY_NAME -> {
						if (!open.element().add(parser.currentName())) {
							found.add(parser.streamReadContext()
								.pathAsPointer()
								.toString()
								.substring(1)
								.replace('/', '.'));
						}
					}
					default -> {
					}
				}
			}
		}
		return found.subList(0, Math.min(20, found.size()));
	}

	/** Also of a surrogate, which no encoder would write. */
	private static byte[] encoded(int code) {
		return (code < 0x800 || code > 0xffff) ? Character.toString(code).getBytes(StandardCharsets.UTF_8)
				: new byte[] { (byte) (0xe0 | code >> 12), (byte) (0x80 | code >> 6 & 0x3f),
						(byte) (0x80 | code & 0x3f) };
	}

	private static List<byte[]> samples() throws IOException {
		Path answers = Path.of(Objects.requireNonNull(JsonBodyTest.class.getResource("/answers")).getPath());
		List<byte[]> samples = new ArrayList<>();
		try (Stream<Path> files = Files.list(answers)) {
			for (Path file : files.filter((path) -> !path.toString().endsWith(".row.json")).sorted().toList()) {
				samples.add(Files.readAllBytes(file));
			}
		}
		samples.removeIf((bytes) -> bytes.length > 5000);
		return samples;
	}

	private record Read(JsonNode tree, boolean replaced, List<String> duplicates) {
	}

}
