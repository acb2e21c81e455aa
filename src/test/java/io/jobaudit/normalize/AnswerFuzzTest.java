package io.jobaudit.normalize;

import java.util.List;

import io.jobaudit.Fuzz;
import io.jobaudit.Generated;
import io.jobaudit.Mutator;
import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiAnswer.JobAnswer;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.JobRequest;
import io.jobaudit.fetch.api.ReadBody;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An answer from the wire to the row, whatever its bytes. */
@Tag("slow")
class AnswerFuzzTest {

	private static final SmartJobId ASKED = new SmartJobId("asked-0001");

	private static final List<Integer> STATUSES = List.of(200, 200, 200, 200, 204, 404, 400, 429, 500, 503);

	private static final List<String> PIECES = List.of("{", "}", "[", "]", ":", ",", "\"\\u0000\"", "\"\\ud83d\"",
			"\\ude00", "1e400", "-0", "\"State\":\"Finished\",", "\"Code\":\"ResourceNotFound\",",
			"\"Code\":\"Throttling\",", "\"JobId\":\"asked-0001\",", "\"JobId\":\"other\",", "\"Usage\":",
			"\"{\\\"total_tokens\\\":1}\"", "\"SmartJobInfo\":{", "\"JobResult\":{", "\"\"", "[[[[", "{\"a\":",
			"2026-10-01T00:00:00Z", "9999-12-31T23:59:59-18:00", "123456789012345678901234567890", "\"AiResult\":");

	@Test
	void becomeAnErrorOrAStorableRowThatIsTheSameWhenReadAgain() {
		List<byte[]> samples = RecordedAnswer.all()
			.stream()
			.map(RecordedAnswer::bytes)
			.filter((bytes) -> bytes.length < 5000)
			.toList();
		Mutator mutator = new Mutator(samples, PIECES);
		Fuzz.run("answers", (random) -> {
			byte[] body = random.nextBoolean() ? mutator.next(random)
					: new Mutations(random).ofTree(Generated.pick(random, samples));
			return new Given(Generated.pick(random, STATUSES), body, random.nextBoolean());
		}, AnswerFuzzTest::takes);
	}

	private static boolean takes(Given given) {
		ApiAnswer answer = ReadBody.of(new JobRequest(ASKED), given.status(), given.bytes());
		if (answer instanceof ApiError error) {
			assertThat(MutatedAnswersTest.isStorable(error.code() + error.message() + error.requestId())).isTrue();
			assertThat(error.message()).isNotBlank();
			return false;
		}
		SmartJob row = new SmartJobNormalizer(given.keepAiResult()).normalize(ASKED, (JobAnswer) answer,
				RecordedAnswer.FETCHED_AT);

		assertThat(row.jobId()).isEqualTo(ASKED);
		assertThat(MutatedAnswersTest.unstorable(row)).isEmpty();
		SmartJobNormalizer.renormalize(row, RecordedAnswer.FETCHED_AT)
			.ifPresent((again) -> assertThat(again).isEqualTo(row));
		return true;
	}

	private record Given(int status, byte[] bytes, boolean keepAiResult) {

		@Override
		public String toString() {
			return "status %d, keep %s: %s".formatted(this.status, this.keepAiResult, Mutator.shown(this.bytes));
		}

	}

}
