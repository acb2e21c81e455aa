package io.jobaudit.fetch.api;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.jobaudit.SmartJobId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

class AnswerReaderTest {

	private static final JobRequest ASKED = new JobRequest(new SmartJobId("job-1"));

	private final AnswerReader reader = new AnswerReader(new ErrorTable(List.of("ResourceNotFound", "*.NotFound")),
			Clock.fixed(Instant.parse("2026-10-21T07:00:00Z"), ZoneOffset.UTC), null);

	@ParameterizedTest
	@CsvSource({ "403, '{\"error\":\"blocked by policy\"}'", "403, '{\"Code\":\"Blocked.Policy\",\"Message\":\"no\"}'",
			"400, '{\"RequestId\":\"r\",\"Code\":\"blocked by policy\"}'",
			"404, '{\"code\":\"Policy.NotFound\",\"message\":\"no\"}'", "400, '{\"code\":\"InvalidParameter\"}'" })
	void whatAMiddlemanSaysDecidesAboutNoId(int status, String body) {
		ApiError error = (ApiError) this.reader.read(new JobRequest(new SmartJobId("a")), status, (name) -> null,
				body.getBytes(StandardCharsets.UTF_8));

		assertThat(error.errorClass()).isEqualTo(ErrorClass.TRANSIENT);
	}

	@Test
	void aBodyWithAStateIsAJob() {
		ApiAnswer answer = read(200, "{\"RequestId\":\"r\",\"JobId\":\"job-1\",\"State\":\"Failed\"}");

		assertThat(answer).asInstanceOf(type(ApiAnswer.JobAnswer.class)).satisfies((job) -> {
			assertThat(job.body().get("State").asString()).isEqualTo("Failed");
			assertThat(job.requestId()).isEqualTo("r");
			assertThat(job.bytesReplaced()).isFalse();
		});
	}

	@Test
	void aJobIsOneEvenWithACodeThatSaysNothing() {
		assertThat(read(200, "{\"Code\":\"OK\",\"JobId\":\"job-1\",\"State\":\"Finished\"}"))
			.isInstanceOf(ApiAnswer.JobAnswer.class);
	}

	@Test
	void aCodeThatIsThrottlingIsNoJobWhateverElseIsThere() {
		assertThat(error(read(200, "{\"Code\":\"Throttling.User\",\"JobId\":\"job-1\",\"State\":\"Finished\"}"))
			.errorClass()).isEqualTo(ErrorClass.THROTTLED);
	}

	@Test
	void anAnswerAboutAnotherJobIsNeverTaken() {
		ApiError error = error(read(200, "{\"JobId\":\"job-2\",\"State\":\"Finished\"}"));

		assertThat(error.errorClass()).isEqualTo(ErrorClass.TRANSIENT);
		assertThat(error.code()).isEqualTo("WrongJobId");
		assertThat(error.message()).contains("job-2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "<html>502 Bad Gateway</html>", "{\"State\":\"Fini", "[]", "\"Finished\"",
			"null", "{\"State\":\"Finished\"} {}" })
	void whatIsNotAJsonObjectIsAskedAgain(String body) {
		assertThat(error(read(200, body)).errorClass()).isEqualTo(ErrorClass.TRANSIENT);
		assertThat(error(read(404, body)).errorClass()).as("a proxy's 404").isEqualTo(ErrorClass.TRANSIENT);
		assertThat(error(read(429, body)).errorClass()).isEqualTo(ErrorClass.THROTTLED);
	}

	static Stream<String> bodiesBeyondReach() {
		return Stream
			.of("[".repeat(100_000) + "]".repeat(100_000), "1e99999999999", "9".repeat(1001),
					"[" + "0,".repeat(1_000_000) + "0]")
			.map((value) -> "{\"State\":\"Finished\",\"n\":" + value + "}");
	}

	@ParameterizedTest
	@MethodSource("bodiesBeyondReach")
	void jsonBeyondReachIsJudgedAtOnce(String body) {
		ApiError error = error(read(200, body));

		assertThat(error.errorClass()).isEqualTo(ErrorClass.UNUSABLE);
		assertThat(error.code()).isEqualTo("BeyondReach");
		assertThat(error.message()).startsWith("cannot read the answer: ").doesNotContain("StreamReadConstraints");
		assertThat(error(read(503, body)).errorClass()).as("it need not be the API's").isEqualTo(ErrorClass.TRANSIENT);
		assertThat(error(read(429, body)).errorClass()).isEqualTo(ErrorClass.THROTTLED);
	}

	@Test
	void anAnswerWithTwoJobIdsIsNeverTaken() {
		assertThat(error(read(200, "{\"JobId\":\"job-2\",\"JobId\":\"job-1\",\"State\":\"Finished\"}")).code())
			.isEqualTo("WrongJobId");
	}

	@Test
	void fieldsThatOccurTwiceAreReportedWithTheirPath() {
		ApiAnswer.JobAnswer job = (ApiAnswer.JobAnswer) read(200,
				"{\"State\":\"a\",\"x\":[{\"y\":1,\"y\":2}],\"State\":\"b\",\"z\":{\"State\":1}}");

		assertThat(job.duplicateFields()).containsExactly("x.0.y", "State");
		assertThat(job.body().get("State").asString()).isEqualTo("b");
	}

	@Test
	void aByteOrderMarkIsSkipped() {
		assertThat(read(200, "\uFEFF{\"State\":\"Finished\"}")).isInstanceOf(ApiAnswer.JobAnswer.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"RequestId\":\"r\"}", "{\"Code\":\"SomethingNew\"}", "{\"JobId\":\"job-1\"}" })
	void a200WithoutAJobIsAskedAgain(String body) {
		assertThat(error(read(200, body)).errorClass()).isEqualTo(ErrorClass.TRANSIENT);
	}

	@Test
	void keysOfAnErrorMayBeLowerCase() {
		ApiError error = error(
				read(404, "{\"requestId\":\"r-9\",\"code\":\"ResourceNotFound\",\"message\":\"no such job\"}"));

		assertThat(error).isEqualTo(
				new ApiError(ErrorClass.NOT_FOUND, 404, "ResourceNotFound", "no such job", "r-9", Duration.ZERO));
	}

	@Test
	void theHeadersRequestIdCountsFirst() {
		ApiAnswer answer = read(200, "{\"RequestId\":\"body\",\"State\":\"Finished\"}", "x-acs-request-id", "header");

		assertThat(((ApiAnswer.JobAnswer) answer).requestId()).isEqualTo("header");
	}

	@Test
	void bytesThatAreNotUtf8AreReplacedAndReported() {
		byte[] body = "{\"State\":\"Finished\",\"Title\":\"?\"}".getBytes(StandardCharsets.UTF_8);
		body[29] = (byte) 0xff;

		ApiAnswer.JobAnswer job = (ApiAnswer.JobAnswer) this.reader.read(ASKED, 200, (name) -> null, body);

		assertThat(job.bytesReplaced()).isTrue();
		assertThat(job.body().get("Title").asString()).isEqualTo("\uFFFD");
	}

	@Test
	void aNumberKeepsAllItsDigits() {
		ApiAnswer.JobAnswer job = (ApiAnswer.JobAnswer) read(200, "{\"State\":\"Finished\",\"n\":1e400000}");

		assertThat(job.body().get("n").decimalValue()).isEqualByComparingTo("1e400000");
	}

	@ParameterizedTest
	@CsvSource({ "x-acs-retry-after, 1500, 1500", "Retry-After, 2, 2000",
			"x-ratelimit-user-api, 'Limit:50,TimeLeft:700', 700", "x-ratelimit-user, '{\"TimeLeft\":\"300\"}', 300",
			"x-acs-retry-after, 0, 0", "x-acs-retry-after, soon, 0",
			"Retry-After, 'Wed, 21 Oct 2026 07:00:02 GMT', 2000",
			"Retry-After, 'Wednesday, 21-Oct-26 07:00:02 GMT', 2000", "Retry-After, Wed Oct 21 07:00:02 2026, 2000",
			"Retry-After, Sun Nov  1 07:00:00 2026, 950400000", "Retry-After, 'Wed, 21 Oct 2026 06:59:58 GMT', 0",
			"Retry-After, 'Thu, 21 Oct 2026 07:00:02 GMT', 0", "Retry-After, 'Sunday, 06-Nov-94 08:49:37 GMT', 0",
			"Retry-After, 'Wed, 21 Oct 2026', 0", "Retry-After, -2, 0",
			"Retry-After, 'Fri, 31 Dec 9999 23:59:59 GMT', 999999999000", "Retry-After, 999999999, 999999999000" })
	void aHintIsReadInItsUnit(String header, String value, long millis) {
		assertThat(error(read(503, "{\"Code\":\"ServiceUnavailable\"}", header, value)).hint())
			.isEqualTo(Duration.ofMillis(millis));
	}

	@ParameterizedTest
	@CsvSource({ "'Wed, 21 Oct 2026 05:00:00 GMT', 30000", "'Wed, 21 Oct 2026 09:00:00 GMT', 0", "today, 0" })
	void aDateCountsFromTheAnswersOwn(String date, long millis) {
		ApiError error = error(read(503, "{}", "Date", date, "Retry-After", "Wed, 21 Oct 2026 05:00:30 GMT"));

		assertThat(error.hint()).isEqualTo(Duration.ofMillis(millis));
	}

	private ApiAnswer read(int status, String body, String... header) {
		Map<String, String> headers = new HashMap<>();
		for (int i = 0; i < header.length; i += 2) {
			headers.put(header[i], header[i + 1]);
		}
		return this.reader.read(ASKED, status, headers::get, body.getBytes(StandardCharsets.UTF_8));
	}

	private static ApiError error(ApiAnswer answer) {
		return (ApiError) answer;
	}

}
