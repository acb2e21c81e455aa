package io.jobaudit.normalize;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import io.jobaudit.SmartJobId;
import io.jobaudit.TestPostgres;
import io.jobaudit.normalize.SmartJob.UsageStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Stored rows read again from what a real PostgreSQL keeps of their answers. */
class RenormalizationTest {

	private static final SmartJobId ID = new SmartJobId("0a1b2c3d4e5f");

	private static final int CASES = 4_000;

	private final JdbcClient jdbc = JdbcClient.create(TestPostgres.emptyDatabase());

	@Test
	void aCurrentRowIsReadUnchangedWhateverItsAnswerHeld() {
		List<SmartJob> rows = new ArrayList<>(RecordedAnswer.all().stream().map(RecordedAnswer::normalized).toList());
		List<RecordedAnswer> answers = RecordedAnswer.all();
		Mutations mutations = new Mutations(new Random(20_261_126));
		for (boolean keep : new boolean[] { true, false }) {
			SmartJobNormalizer normalizer = new SmartJobNormalizer(keep);
			IntStream.range(0, CASES)
				.mapToObj((number) -> mutations.ofTree(mutations.any(answers).bytes()))
				.map((bytes) -> normalizer.normalize(ID, RecordedAnswer.parse(bytes), RecordedAnswer.FETCHED_AT))
				.forEach(rows::add);
		}

		List<SmartJob> stored = stored(rows);

		List<Optional<SmartJob>> read = stored.stream()
			.map((row) -> SmartJobNormalizer.renormalize(row, RecordedAnswer.FETCHED_AT))
			.toList();
		assertThat(read.stream().filter(Optional::isPresent).count()).as("rows with a whole list of anomalies")
			.isGreaterThan(rows.size() * 98L / 100);
		for (int i = 0; i < rows.size(); i++) {
			assertThat(read.get(i).orElse(stored.get(i))).isEqualTo(stored.get(i));
		}
	}

	@Test
	void whatAnOlderRuleReadIsReadByTheCurrentRule() {
		SmartJob today = stored(List.of(
				answer("""
						{"RequestId":"r","JobId":"0a1b2c3d4e5f","State":"Finished","JobResult":{"Usage":"{\\"total_tokens\\":100}"},
						 "SmartJobInfo":{"Title":"t","JobType":"ASR","CreateTime":"2026-10-01T00:00:00Z"},"New":1}
						""")))
			.get(0);
		SmartJob older = new SmartJob(today.jobId(), today.state(), "Speech", null, null, null, null, null,
				UsageStatus.ABSENT, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
				"from the header", 5L, "hash", today.raw(),
				List.of(new Anomaly("bad time", "CreateTime", "old finding")));

		SmartJob read = SmartJobNormalizer.renormalize(older, RecordedAnswer.FETCHED_AT).orElseThrow();

		assertThat(read).usingRecursiveComparison()
			.ignoringFields("requestId", "aiResultBytes", "aiResultSha256")
			.isEqualTo(today);
		assertThat(List.of(read.requestId(), read.aiResultBytes(), read.aiResultSha256()))
			.as("what only the answer as received could show")
			.isEqualTo(List.of("from the header", 5L, "hash"));
	}

	@Test
	void aFigureThatWasGivenTwiceStaysUnreadableAlthoughTheKeptAnswerHasItOnce() {
		SmartJob row = stored(List.of(
				answer("""
						{"JobId":"0a1b2c3d4e5f","State":"Finished","JobResult":{"Usage":{"total_tokens":1},"Usage":{"total_tokens":2}},
						 "SmartJobInfo":{"JobType":"ASR"}}
						""")))
			.get(0);

		assertThat(row.raw()).contains("\"total_tokens\": 2");
		assertThat(SmartJobNormalizer.renormalize(row, RecordedAnswer.FETCHED_AT).orElseThrow().usageStatus())
			.isEqualTo(UsageStatus.UNREADABLE);
	}

	@Test
	void aRowWhoseFindingsWereCutIsLeftAlone() {
		StringBuilder json = new StringBuilder("{\"JobId\":\"0a1b2c3d4e5f\",\"State\":\"Finished\"");
		IntStream.range(0, 60).forEach((number) -> json.append(",\"x" + number + "\":1"));

		assertThat(
				SmartJobNormalizer.renormalize(stored(List.of(answer(json + "}"))).get(0), RecordedAnswer.FETCHED_AT))
			.isEmpty();
	}

	@Test
	void anAnswerThatNoRunHasWrittenIsNamed() {
		SmartJob row = withRaw(answer("{\"JobId\":\"0a1b2c3d4e5f\",\"State\":\"Finished\"}"), "[1]");

		assertThatThrownBy(() -> SmartJobNormalizer.renormalize(row, RecordedAnswer.FETCHED_AT))
			.hasMessageContaining("0a1b2c3d4e5f")
			.hasMessageContaining("--refetch");
	}

	private static SmartJob answer(String json) {
		return new SmartJobNormalizer(false).normalize(ID, RecordedAnswer.parse(json.getBytes(StandardCharsets.UTF_8)),
				RecordedAnswer.FETCHED_AT);
	}

	/** With the answers as jsonb gives them back. */
	private List<SmartJob> stored(List<SmartJob> rows) {
		String[] raws = rows.stream().map(SmartJob::raw).toArray(String[]::new);
		List<String> back = this.jdbc
			.sql("select cast(raw as jsonb)::text from unnest(?::text[]) with ordinality as r (raw, n) order by n")
			.param(raws)
			.query((row, number) -> row.getString(1))
			.list();
		return IntStream.range(0, rows.size()).mapToObj((i) -> withRaw(rows.get(i), back.get(i))).toList();
	}

	private static SmartJob withRaw(SmartJob row, @Nullable String raw) {
		return new SmartJob(row.jobId(), row.state(), row.jobType(), row.errorCode(), row.errorMessage(),
				row.totalTokens(), row.promptTokens(), row.completionTokens(), row.usageStatus(), row.title(),
				row.description(), row.userId(), row.userData(), row.inputFile(), row.outputBucket(),
				row.outputObject(), row.mediaId(), row.mediaUrl(), row.output(), row.editingConfig(),
				row.jobParameters(), row.createTime(), row.modifiedTime(), row.requestId(), row.aiResultBytes(),
				row.aiResultSha256(), String.valueOf(raw), row.anomalies());
	}

}
