package io.jobaudit.fetch.api;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import io.jobaudit.Generated;
import io.jobaudit.Property;
import io.jobaudit.SmartJobId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every answer, whatever its status, headers and bytes. */
class AnswerReaderPropertiesTest {

	private static final JobRequest ASKED = new JobRequest(new SmartJobId("job-1"));

	private static final List<String> CODES = List.of("", "OK", "ResourceNotFound", "JobNotFound", "X.NotFound",
			"InvalidParameter.JobId", "MissingParameter", "InternalError", "ServiceUnavailable", "SystemBusy",
			"SignatureNonceUsed", "InvalidSecurityToken.Expired", "SignatureDoesNotMatch", "Forbidden.RAM");

	private static final List<String> FATAL = List.of("InvalidAccessKeyId.NotFound", "InvalidAccessKeyId.Inactive",
			"SignatureDoesNotMatch", "IncompleteSignature", "Forbidden", "Forbidden.RAM", "NoPermission",
			"OperationDenied.Suspended", "InvalidTimeStamp.Expired", "InvalidAction.NotFound", "InvalidApi.NotFound",
			"InvalidProduct.NotFound", "NoSuchVersion", "InvalidSecurityToken.Malformed");

	private static final List<String> FIELDS = List.of("\"State\":\"Finished\"", "\"JobId\":\"job-1\"",
			"\"JobId\":\"job-2\"", "\"jobId\":\"JOB-1\"", "\"SmartJobInfo\":{}", "\"Message\":\"no\"",
			"\"RequestId\":\"r\"", "\"State\":null", "\"Code\":null", "\"State\":1e400000", "\"JobId\":{\"a\":[]}",
			"\"\\u0000\":\"\\ud800\"", "\"Message\":[1]");

	private static final List<String> HINTS = List.of("0", "1", "250", "-1", "999999999999", "soon", "",
			"Wed, 21 Oct 2026 07:28:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "TimeLeft:700",
			"Limit:50,TimeLeft:99999999999");

	private final AnswerReader reader = new AnswerReader(
			new ErrorTable(List.of("ResourceNotFound", "JobNotFound", "*.NotFound")), Clock.systemUTC(), null);

	@Test
	void anyAnswerIsAJobOrAnErrorOfOneClass() {
		Set<ErrorClass> seen = EnumSet.noneOf(ErrorClass.class);
		Property.holds((random) -> {
			int status = status(random);
			byte[] body = body(random, Generated.pick(random, CODES));

			ApiAnswer answer = this.reader.read(ASKED, status, headers(random)::get, body);

			if (answer instanceof ApiError error) {
				seen.add(Objects.requireNonNull(error.errorClass()));
				assertThat(error.message()).hasSizeLessThanOrEqualTo(2000);
				assertThat(error.code()).isNotEmpty().hasSizeLessThanOrEqualTo(200);
				assertThat(error.hint()).isBetween(Duration.ZERO, Duration.ofSeconds(999_999_999));
			}
			else {
				assertIsOurJob(status, (ApiAnswer.JobAnswer) answer);
			}
		});
		assertThat(seen).as("the cases reach every class but that of JSON beyond reach")
			.containsAll(EnumSet.complementOf(EnumSet.of(ErrorClass.UNUSABLE)));
	}

	@Test
	void aCodeThatSpeaksOfThrottlingIsThrottlingWhateverElseIsThere() {
		Property.holds((random) -> {
			String code = Generated.pick(random, CODES)
					+ Generated.pick(random, List.of("Throttling", "Throttling.User", "throttling", "THROTTLING.Api"));

			ApiAnswer answer = this.reader.read(ASKED, status(random), headers(random)::get, json(random, code));

			assertThat(((ApiError) answer).errorClass()).isEqualTo(ErrorClass.THROTTLED);
		});
	}

	@Test
	void aFatalCodeStopsTheRunOrWaitsAndNeverMarksAnId() {
		Property.holds((random) -> {
			int status = status(random);
			Map<String, String> headers = headers(random);
			String code = recased(random, Generated.pick(random, FATAL));

			ApiError error = (ApiError) this.reader.read(ASKED, status, headers::get, json(random, code));

			boolean throttled = status == 429 || !error.hint().isZero();
			assertThat(error.errorClass()).isEqualTo(throttled ? ErrorClass.THROTTLED : ErrorClass.FATAL);
		});
	}

	@Test
	void withoutJsonNoIdIsMarkedForAnError() {
		Property.holds((random) -> {
			byte[] bytes = new byte[random.nextInt(60)];
			random.nextBytes(bytes);

			ApiAnswer answer = this.reader.read(ASKED, status(random), headers(random)::get, bytes);

			assertThat(((ApiError) answer).errorClass()).isIn(ErrorClass.TRANSIENT, ErrorClass.THROTTLED);
		});
	}

	private static void assertIsOurJob(int status, ApiAnswer.JobAnswer job) {
		assertThat(status).isBetween(200, 299);
		assertThat(job.body().hasNonNull("State") || job.body().hasNonNull("SmartJobInfo")).isTrue();
		if (job.body().path("JobId").isString()) {
			assertThat(job.body().path("JobId").stringValue()).isEqualToIgnoringCase("job-1");
		}
	}

	private static int status(Random random) {
		return (random.nextInt(3) == 0) ? 200 : Generated.pick(random,
				List.of(100, 201, 204, 302, 400, 401, 403, 404, 408, 418, 429, 499, 500, 502, 503, 599, 0, 999));
	}

	private static Map<String, String> headers(Random random) {
		Map<String, String> headers = new HashMap<>();
		List<String> names = List.of("x-acs-retry-after", "Retry-After", "x-ratelimit-user-api", "x-ratelimit-user",
				"x-acs-request-id", "Date");
		for (int left = Math.max(0, random.nextInt(6) - 3); left > 0; left--) {
			headers.put(Generated.pick(random, names), Generated.pick(random, HINTS));
		}
		return headers;
	}

	private static byte[] body(Random random, String code) {
		byte[] json = json(random, code);
		if (random.nextInt(3) == 0 && json.length > 0) {
			json[random.nextInt(json.length)] = (byte) random.nextInt();
		}
		return json;
	}

	/** A code and some other fields around it. */
	private static byte[] json(Random random, String code) {
		StringBuilder json = new StringBuilder("{");
		for (int left = random.nextInt(4); left > 0; left--) {
			json.append(Generated.pick(random, FIELDS)).append(',');
		}
		json.append(random.nextBoolean() ? "\"Code\":\"" : "\"code\":\"").append(code).append("\"}");
		return json.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static String recased(Random random, String code) {
		return random.nextBoolean() ? code : code.toLowerCase(Locale.ROOT);
	}

}
