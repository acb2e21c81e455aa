package io.jobaudit.normalize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.api.ApiAnswer.JobAnswer;
import io.jobaudit.fetch.api.ReadBody;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer in {@code src/test/resources/answers} as it came over the wire,
 * {@code NAME.json}, with what it must become, {@code NAME.row.json}. The latter's
 * {@code given} names the asked id (and {@code keepAiResult}, if it is on), its
 * {@code row} the fields that are not null.
 */
record RecordedAnswer(String name, byte[] bytes, JsonNode given, ObjectNode row) {

	/** When all of them were fetched. */
	static final Instant FETCHED_AT = Instant.parse("2026-11-27T12:00:00Z");

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final String ROW_SUFFIX = ".row.json";

	static List<RecordedAnswer> all() {
		try (Stream<Path> files = Files.list(directory())) {
			return files.filter((file) -> file.toString().endsWith(ROW_SUFFIX))
				.sorted()
				.map(RecordedAnswer::read)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Path directory() {
		try {
			return Path.of(Objects.requireNonNull(RecordedAnswer.class.getResource("/answers")).toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** As the API client reads the bytes; only the body has the request id. */
	static JobAnswer parse(byte[] bytes) {
		return ReadBody.of(bytes);
	}

	SmartJob normalized() {
		SmartJobNormalizer normalizer = new SmartJobNormalizer(this.given.path("keepAiResult").asBoolean(false));
		return normalizer.normalize(new SmartJobId(this.given.get("asked").stringValue()), parse(this.bytes),
				FETCHED_AT);
	}

	@Override
	public String toString() {
		return this.name;
	}

	private static RecordedAnswer read(Path rowFile) {
		String name = rowFile.getFileName().toString().replace(ROW_SUFFIX, "");
		JsonNode expected = MAPPER.readTree(rowFile);
		try {
			byte[] bytes = Files.readAllBytes(rowFile.resolveSibling(name + ".json"));
			return new RecordedAnswer(name, bytes, expected.get("given"), (ObjectNode) expected.get("row"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
