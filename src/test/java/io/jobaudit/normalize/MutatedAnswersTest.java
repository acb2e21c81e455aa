package io.jobaudit.normalize;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.jobaudit.Property;
import io.jobaudit.SmartJobId;
import io.jobaudit.TestPostgres;
import io.jobaudit.fetch.api.ApiAnswer.JobAnswer;
import io.jobaudit.fetch.api.ReadBody;
import io.jobaudit.normalize.SmartJob.UsageStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
class MutatedAnswersTest {

	private static final SmartJobId ASKED = new SmartJobId("asked-0001");

	private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");

	private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

	private final List<RecordedAnswer> answers = RecordedAnswer.all();

	@Test
	void anAnswerWithDamagedBytesThatIsStillJsonBecomesAStorableRow() {
		Property.holds((random) -> {
			Mutations mutations = new Mutations(random);
			byte[] bytes;
			do {
				bytes = mutations.ofBytes(mutations.any(this.answers).bytes());
			}
			while (!isJsonObject(bytes));

			checkedRow(bytes);
		});
	}

	@Test
	void tokensComeFromTheUsageAndFromNowhereElse() {
		Property.holds((random) -> {
			Mutations mutations = new Mutations(random);
			JobAnswer answer = ReadBody.of(mutations.ofTree(mutations.any(this.answers).bytes()));
			SmartJob whole = new SmartJobNormalizer(true).normalize(ASKED, answer, RecordedAnswer.FETCHED_AT);
			if (answer.body().get("JobResult") instanceof ObjectNode result) {
				result.remove("Usage");
			}

			SmartJob without = new SmartJobNormalizer(true).normalize(ASKED, answer, RecordedAnswer.FETCHED_AT);

			assertThat(without.usageStatus()).isEqualTo(UsageStatus.ABSENT);
			assertThat(without.totalTokens()).isNull();
			assertThat(whole.totalTokens() == null || whole.totalTokens() >= 0).isTrue();
			assertThat(without.state()).isEqualTo(whole.state());
		});
	}

	@Test
	void anAnswerWithOddValuesAndNamesBecomesARowThatPostgresTakes() {
		List<String> raws = new ArrayList<>();
		Property.holds((random) -> {
			Mutations mutations = new Mutations(random);
			raws.add(checkedRow(mutations.ofTree(mutations.any(this.answers).bytes())).raw());
		});

		Long objects = JdbcClient.create(TestPostgres.emptyDatabase())
			.sql("select count(*) from unnest(?) as raw where jsonb_typeof(cast(raw as jsonb)) = 'object'")
			.param(raws.toArray(String[]::new))
			.query(Long.class)
			.single();

		assertThat(objects).isEqualTo(raws.size());
	}

	private static SmartJob checkedRow(byte[] bytes) {
		String input = bytes.length < 4000 ? new String(bytes, StandardCharsets.UTF_8)
				: HexFormat.of().formatHex(bytes);
		JobAnswer answer = ReadBody.of(bytes);

		SmartJob row = new SmartJobNormalizer(true).normalize(ASKED, answer, RecordedAnswer.FETCHED_AT);

		assertThat(row.jobId()).as(input).isEqualTo(ASKED);
		assertThat(unstorable(row)).as(input).isEmpty();
		assertThat(row.anomalies()).as(input)
			.doesNotHaveDuplicates()
			.hasSizeLessThanOrEqualTo(51)
			.allMatch((anomaly) -> texts(anomaly).mapToInt(String::length).sum() <= 300);
		assertThat(row.totalTokens() != null).as(input).isEqualTo(row.usageStatus() == UsageStatus.REPORTED);
		return row;
	}

	/** Texts and times that PostgreSQL would refuse, found without our own predicate. */
	static List<Object> unstorable(SmartJob row) {
		Stream<String> texts = Stream.of(row.state(), row.jobType(), row.errorCode(), row.errorMessage(), row.title(),
				row.description(), row.userId(), row.userData(), row.inputFile(), row.outputBucket(),
				row.outputObject(), row.mediaId(), row.mediaUrl(), row.output(), row.editingConfig(),
				row.jobParameters(), row.requestId(), row.raw());
		Stream<String> inRaw = textsIn(JsonMapper.shared().readTree(row.raw()));
		Stream<Object> bad = Stream.of(texts, row.anomalies().stream().flatMap(MutatedAnswersTest::texts), inRaw)
			.flatMap((all) -> all)
			.filter((text) -> text != null && !isStorable(text))
			.map((text) -> text);
		return Stream.concat(bad, unstorableTimes(row)).toList();
	}

	private static Stream<String> texts(Anomaly anomaly) {
		return Stream.of(anomaly.kind(), anomaly.path(), anomaly.detail()).filter(Objects::nonNull);
	}

	private static Stream<Instant> unstorableTimes(SmartJob row) {
		return Stream.of(row.createTime(), row.modifiedTime())
			.filter(Objects::nonNull)
			.filter((time) -> time.isBefore(FIRST) || time.isAfter(LAST));
	}

	private static Stream<String> textsIn(JsonNode node) {
		Stream<String> names = node.propertyNames().stream();
		Stream<String> own = node.isString() ? Stream.of(node.stringValue()) : Stream.empty();
		return Stream.of(names, own, node.valueStream().flatMap(MutatedAnswersTest::textsIn)).flatMap((all) -> all);
	}

	static boolean isStorable(String text) {
		return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
	}

	private static boolean isJsonObject(byte[] bytes) {
		try {
			ReadBody.of(bytes);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
