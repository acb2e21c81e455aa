package io.jobaudit.normalize;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.JobAnswer;
import io.jobaudit.fetch.ReadBody;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class MutatedAnswersTest {

	private static final int MUTATIONS = 1_000;

	private static final SmartJobId ASKED = new SmartJobId("asked-0001");

	private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");

	private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

	private final List<RecordedAnswer> answers = RecordedAnswer.all();

	private final Mutations mutations = new Mutations(20261122);

	@Test
	void anAnswerWithDamagedBytesThatIsStillJsonBecomesAStorableRow() {
		for (int done = 0; done < MUTATIONS;) {
			byte[] bytes = this.mutations.ofBytes(this.mutations.any(this.answers).bytes());
			if (isJsonObject(bytes)) {
				checkRow(bytes);
				done++;
			}
		}
	}

	@Test
	void anAnswerWithOddValuesAndNamesBecomesAStorableRow() {
		for (int done = 0; done < MUTATIONS; done++) {
			checkRow(this.mutations.ofTree(this.mutations.any(this.answers).bytes()));
		}
	}

	private static void checkRow(byte[] bytes) {
		String input = bytes.length < 4000 ? new String(bytes, StandardCharsets.UTF_8)
				: HexFormat.of().formatHex(bytes);
		JobAnswer answer = RecordedAnswer.parse(bytes);

		SmartJob row = new SmartJobNormalizer(true).normalize(ASKED, answer);

		assertThat(unstorable(row)).as(input).isEmpty();
		assertThat(row.anomalies()).as(input)
			.doesNotHaveDuplicates()
			.hasSizeLessThanOrEqualTo(51)
			.allMatch((anomaly) -> anomaly.length() <= 300);
		assertThat(row.totalTokens() != null).as(input).isEqualTo(row.usageStatus() == UsageStatus.REPORTED);
	}

	/** Texts and times that PostgreSQL would refuse, found without our own predicate. */
	private static List<Object> unstorable(SmartJob row) {
		Stream<String> texts = Stream.of(row.state(), row.jobType(), row.errorCode(), row.errorMessage(), row.title(),
				row.description(), row.userId(), row.userData(), row.inputFile(), row.outputBucket(),
				row.outputObject(), row.mediaId(), row.mediaUrl(), row.output(), row.editingConfig(),
				row.jobParameters(), row.requestId(), row.raw());
		Stream<String> inRaw = textsIn(JsonMapper.shared().readTree(row.raw()));
		Stream<Object> bad = Stream.of(texts, row.anomalies().stream(), inRaw)
			.flatMap((all) -> all)
			.filter((text) -> text != null && !isStorable(text))
			.map((text) -> text);
		return Stream.concat(bad, unstorableTimes(row)).toList();
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

	private static boolean isStorable(String text) {
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
