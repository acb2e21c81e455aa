package io.jobaudit.normalize;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.api.ApiAnswer.JobAnswer;
import io.jobaudit.normalize.SmartJob.UsageStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What a recorded answer cannot show. */
class SmartJobNormalizerTest {

	private static final SmartJobId ASKED = new SmartJobId("asked-0001");

	private static final JsonMapper EXACT = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private final SmartJobNormalizer normalizer = new SmartJobNormalizer(false);

	@Test
	void theRequestIdOfTheAnswerWinsOverTheBodys() {
		ObjectNode body = EXACT.createObjectNode().put("RequestId", "in-body");

		SmartJob row = this.normalizer.normalize(ASKED, new JobAnswer(200, "in\u0000header", body, false, List.of()),
				RecordedAnswer.FETCHED_AT);

		assertThat(row.requestId()).isEqualTo("in\uFFFDheader");
	}

	@Test
	void theAnswerIsLeftAsItIs() {
		String text = "{\"JobResult\":{\"AiResult\":\"a\",\"\\u0000\":1},\"\\ud800\":[1e400000]}";
		ObjectNode body = (ObjectNode) EXACT.readTree(text);

		this.normalizer.normalize(ASKED, new JobAnswer(200, "", body, false, List.of()), RecordedAnswer.FETCHED_AT);

		assertThat(body).isEqualTo(EXACT.readTree(text));
	}

	@ParameterizedTest
	@CsvSource({ "1e400000, 1E+400000", "-1e-400000, -1E-400000", "1e2147483647, 1E+2147483647" })
	void anExactNumberOutOfRangeIsKeptDigitByDigitAsText(String number, String text) {
		ObjectNode body = (ObjectNode) EXACT.readTree("{\"Extra\":" + number + "}");

		SmartJob row = this.normalizer.normalize(ASKED, new JobAnswer(200, "", body, false, List.of()),
				RecordedAnswer.FETCHED_AT);

		assertThat(row.raw()).isEqualTo("{\"Extra\":\"" + text + "\"}");
		assertThat(row.anomalies()).contains(new Anomaly("number out of range", "Extra", text));
	}

	@ParameterizedTest
	@ValueSource(doubles = { Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY })
	void aFigureThatIsNoNumberIsUnreadable(double figure) {
		ObjectNode body = EXACT.createObjectNode();
		body.putObject("JobResult").putObject("Usage").put("total_tokens", figure);

		SmartJob row = this.normalizer.normalize(ASKED, new JobAnswer(200, "", body, false, List.of()),
				RecordedAnswer.FETCHED_AT);

		assertThat(row.usageStatus()).isEqualTo(UsageStatus.UNREADABLE);
		assertThat(row.raw()).isEqualTo("{\"JobResult\":{\"Usage\":{\"total_tokens\":\"" + figure + "\"}}}");
	}

	@Test
	void theDeepestAnswerThatTheParserTakesIsKeptWhole() {
		int deepest = 500;
		String text = "{\"a\":".repeat(deepest) + "\"\"" + "}".repeat(deepest);
		JobAnswer answer = RecordedAnswer.parse(text.getBytes(StandardCharsets.UTF_8));

		SmartJob row = this.normalizer.normalize(ASKED, answer, RecordedAnswer.FETCHED_AT);

		assertThat(row.raw()).isEqualTo(text);
	}

}
