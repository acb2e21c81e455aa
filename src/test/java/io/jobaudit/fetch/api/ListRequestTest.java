package io.jobaudit.fetch.api;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ListRequestTest {

	private static final ListRequest ASKED = ListRequest.first(ListRequest.ListFilter.ALL);

	@Test
	void readsWhatIsThereOfAJob() {
		ListRequest.ListAnswer page = (ListRequest.ListAnswer) read("""
				{"RequestId": "r", "NextToken": "t", "TotalCount": "3", "SmartJobList": [
				  {"JobId": "a", "JobState": "Finished", "JobType": "ASR", "CreateTime": "2026-01-02T03:04:05Z"},
				  {"JobId": "b c", "JobState": "", "CreateTime": "yesterday"},
				  {"JobId": "d\\u0000", "CreateTime": "+999999999-01-01T00:00:00Z"}]}""");

		assertThat(page)
			.isEqualTo(new ListRequest.ListAnswer(
					List.of(new ListedJob("a", "ASR", "Finished", Instant.parse("2026-01-02T03:04:05Z")),
							new ListedJob("b c", null, null, null), new ListedJob("d\uFFFD", null, null, null)),
					"t", 3L));
	}

	@Test
	void anEmptyTokenIsNoneAndTheCountMayBeMissing() {
		assertThat(read("{\"SmartJobList\": [], \"NextToken\": \"\"}"))
			.isEqualTo(new ListRequest.ListAnswer(List.of(), null, null));
	}

	@Test
	void anAnswerWithoutTheListIsAskedForAgain() {
		ApiError error = (ApiError) read("{\"RequestId\": \"r\", \"TotalCount\": 0}");

		assertThat(error.errorClass()).isEqualTo(ErrorClass.TRANSIENT);
		assertThat(error.message()).isEqualTo("the answer has neither a list of jobs nor a message");
	}

	@Test
	void aJobIsNoAnswerToAList() {
		assertThat(read("{\"JobId\": \"a\", \"State\": \"Finished\"}")).isInstanceOf(ApiError.class);
	}

	@Test
	void aJobWithoutAnIdMakesThePageUnusable() {
		ApiError error = (ApiError) read("{\"SmartJobList\": [{\"JobId\": \"a\"}, {\"JobState\": \"Failed\"}]}");

		assertThat(error.errorClass()).isEqualTo(ErrorClass.UNUSABLE);
		assertThat(error.message()).isEqualTo("entry 2 of SmartJobList has no JobId");
	}

	private static ApiAnswer read(String body) {
		return new AnswerReader(new ErrorTable(List.of()), Clock.systemUTC(), null).read(ASKED, 200, (name) -> null,
				body.getBytes(StandardCharsets.UTF_8));
	}

}
