package io.jobaudit.normalize;

import java.lang.reflect.RecordComponent;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.jobaudit.TestPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NumericNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What a real PostgreSQL says to the rows. */
class StorableRowsTest {

	private static final JsonMapper EXACT = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final Comparator<JsonNode> BY_VALUE = (left, right) -> (left.isNumber() && right.isNumber())
			? left.decimalValue().compareTo(right.decimalValue()) : Boolean.compare(left.equals(right), true);

	private static @Nullable JdbcClient jdbc;

	@BeforeAll
	static void createDatabase() {
		jdbc = JdbcClient.create(TestPostgres.emptyDatabase());
	}

	static List<RecordedAnswer> answers() {
		return RecordedAnswer.all();
	}

	@ParameterizedTest
	@MethodSource("answers")
	void rawIsTakenAsJsonbAndLosesNothing(RecordedAnswer answer) {
		String raw = answer.normalized().raw();

		String stored = select("select cast(? as jsonb)::text", raw);

		assertThat(EXACT.readTree(stored).equals(BY_VALUE, EXACT.readTree(raw))).as(stored).isTrue();
	}

	@ParameterizedTest
	@MethodSource("answers")
	void everyTextIsTakenUnchanged(RecordedAnswer answer) {
		List<String> texts = texts(answer.normalized());

		List<String> stored = texts.stream().map((text) -> select("select ?::text", text)).toList();

		assertThat(stored).isEqualTo(texts);
	}

	@ParameterizedTest
	@MethodSource("answers")
	void everyTimeIsTakenUnchanged(RecordedAnswer answer) {
		SmartJob row = answer.normalized();
		List<OffsetDateTime> times = Stream.of(row.createTime(), row.modifiedTime())
			.filter(Objects::nonNull)
			.map((time) -> time.atOffset(ZoneOffset.UTC))
			.toList();

		List<OffsetDateTime> stored = times.stream()
			.map((time) -> database().sql("select ?::timestamptz").param(time).query(OffsetDateTime.class).single())
			.toList();

		assertThat(stored).isEqualTo(times);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "0.1", "1e131071", "9.99e131071", "1e131072", "1e400000", "1e-16383",
			"-1e-16383", "1e-16384", "1.5e-16383", "123456789012345678901234567890", "1e2147483647" })
	void aNumberIsStorableExactlyWhenJsonbTakesIt(String number) {
		boolean storable = StorableJson.isStorable((NumericNode) EXACT.readTree(number));

		assertThat(storable).isEqualTo(jsonbTakes(number));
	}

	private static boolean jsonbTakes(String json) {
		try {
			select("select cast(? as jsonb)::text", json);
			return true;
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	/** By reflection, so that a column added later is tested too. */
	private static List<String> texts(SmartJob row) {
		return Stream.concat(Stream.of(row), row.anomalies().stream())
			.flatMap((part) -> Arrays.stream(part.getClass().getRecordComponents())
				.map((component) -> value(component, part)))
			.filter(String.class::isInstance)
			.map(String.class::cast)
			.toList();
	}

	private static @Nullable Object value(RecordComponent component, Record row) {
		try {
			return component.getAccessor().invoke(row);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String select(String sql, String parameter) {
		return database().sql(sql).param(parameter).query(String.class).single();
	}

	private static JdbcClient database() {
		return Objects.requireNonNull(jdbc);
	}

}
