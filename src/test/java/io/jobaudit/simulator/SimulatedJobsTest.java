package io.jobaudit.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class SimulatedJobsTest {

	private static final int SAMPLE = 20_000;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final List<SimulatedJob> JOBS = IntStream.range(0, SAMPLE)
		.mapToObj((i) -> SimulatedJobs.of("job-" + i).orElseThrow())
		.toList();

	@Test
	void aJobIsTheSameInEveryProcess() {
		SimulatedJob job = SimulatedJobs.of("0a1b2c3d4e5f60718293a4b5c6d7e8f9").orElseThrow();

		assertThat(job.state() + " " + job.jobType() + " " + job.createTime() + " " + job.json().hashCode())
			.isEqualTo("Finished ASR 2026-11-11T07:35:32Z -1195229852");
		assertThat(SimulatedJobs.of(job.jobId())).contains(job);
	}

	@ParameterizedTest
	@ValueSource(strings = { "unknown-1", "refused-1", "odd-1", "broken-1", "garbled-1", "huge-1", "bomb-1", "deep-1",
			"other-1", "null-1", "", "a_b", "01234567890123456789012345678901234567890123456789012345678901234" })
	void idsThatAreNotAnsweredWithAJobHaveNone(String jobId) {
		assertThat(SimulatedJobs.of(jobId)).isEmpty();
	}

	@Test
	void statesComeInARealisticMix() {
		Map<String, Double> shares = shares(SimulatedJob::state);

		assertThat(shares.get("Finished")).isBetween(0.80, 0.84);
		assertThat(shares.get("Failed")).isBetween(0.11, 0.13);
		assertThat(shares.get("Executing")).isBetween(0.03, 0.05);
		assertThat(shares.get("Created")).isBetween(0.01, 0.02);
		assertThat(shares).containsOnlyKeys("Finished", "Failed", "Executing", "Created", "Creating", "Cancelled");
	}

	@Test
	void typesAndErrorCodesHaveALongTail() {
		assertThat(shares(SimulatedJob::jobType)).containsOnlyKeys("ASR", "TextToSpeech", "TextGenerate",
				"DynamicChart", "VideoTranslation");
		assertThat(JOBS.stream().filter((job) -> job.errorCode() != null).map(SimulatedJob::errorCode).distinct())
			.hasSizeBetween(10, 13)
			.contains("SpeechTranslationNoValidVocal", "FileNotExist");
	}

	@Test
	void onlyFailedJobsHaveAnError() {
		assertThat(JOBS).allMatch((job) -> job.state().equals("Failed") == (job.errorCode() != null))
			.allMatch((job) -> (job.errorCode() == null) == (job.errorMessage() == null));
	}

	@Test
	void jobsWereCreatedWithinSixtyDays() {
		Instant earliest = SimulatedJobs.LATEST.minus(60, ChronoUnit.DAYS);

		assertThat(JOBS).allMatch((job) -> job.createTime().isAfter(earliest))
			.allMatch((job) -> job.createTime().isBefore(SimulatedJobs.LATEST));
	}

	@Test
	void theAnswerSaysWhatIsTrue() {
		for (SimulatedJob job : JOBS) {
			JsonNode answer = JSON.readTree(job.body("any"));
			assertThat(List.of(answer.path("RequestId").stringValue(), answer.path("JobId").stringValue(),
					answer.path("State").stringValue(), answer.at("/SmartJobInfo/JobType").stringValue(),
					answer.at("/SmartJobInfo/Title").stringValue(),
					answer.at("/SmartJobInfo/CreateTime").stringValue()))
				.containsExactly("any", job.jobId(), job.state(), job.jobType(), job.title(),
						job.createTime().toString());
			assertThat(answer.path("ErrorCode").stringValue(null)).isEqualTo(job.errorCode());
			assertThat(answer.path("ErrorMessage").stringValue(null)).isEqualTo(job.errorMessage());
			assertThat(answer.path("UserData").stringValue(null)).isEqualTo(job.userData());
			assertThat(tokens(answer.at("/JobResult/Usage"))).isEqualTo(job.totalTokens());
		}
	}

	@Test
	void usageIsMostlyThatOfTextGenerationAndComesInEveryForm() {
		List<JsonNode> usages = JOBS.stream()
			.filter((job) -> job.jobType().equals("TextGenerate") && job.totalTokens().isPresent())
			.map((job) -> JSON.readTree(job.json()).at("/JobResult/Usage"))
			.toList();

		assertThat(usages).hasSizeBetween(3_500, 4_100)
			.anyMatch(JsonNode::isObject)
			.anyMatch((usage) -> usage.asString("").matches("\\{\"total_tokens\":\\d+}"))
			.anyMatch((usage) -> usage.asString("").matches("\\{\"total_tokens\":\"\\d+\"}"))
			.anyMatch((usage) -> usage.asString("").contains("completion_tokens"));
		assertThat(JOBS).anyMatch((job) -> job.totalTokens().equals(OptionalLong.of(0)))
			.anyMatch(SimulatedJob::usageUnreadable);
	}

	@Test
	void aFewTextsAreHostile() {
		assertThat(JOBS).anyMatch(title((text) -> text.startsWith("=HYPERLINK(")))
			.anyMatch(title((text) -> text.indexOf(0) >= 0))
			.anyMatch(title((text) -> text.contains("\ud83d\ude80")))
			.anyMatch(title((text) -> text.startsWith("\udc00")))
			.anyMatch((job) -> job.errorMessage() != null && job.errorMessage().length() == 40_000);
	}

	@Test
	void everyAnswerHasAnUtf8FormThatLosesNothing() {
		assertThat(JOBS)
			.allMatch((job) -> new String(job.json().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
				.equals(job.json()));
	}

	@Test
	void someAnswersAreLarge() {
		assertThat(JOBS.stream().filter((job) -> job.json().length() > 4_000).count()).isBetween(100L, 600L);
	}

	private static Map<String, Double> shares(Function<SimulatedJob, String> by) {
		return JOBS.stream()
			.collect(Collectors.groupingBy(by,
					Collectors.collectingAndThen(Collectors.counting(), (count) -> count / (double) SAMPLE)));
	}

	private static Predicate<SimulatedJob> title(Predicate<String> condition) {
		return (job) -> condition.test(job.title());
	}

	/** Tokens as an audit reads them: any form that holds a whole number. */
	private static OptionalLong tokens(JsonNode usage) {
		String text = usage.isObject() ? usage.toString() : usage.asString("");
		String digits = text.replaceFirst(".*\"total_tokens\":\"?(\\d+)\"?}", "$1");
		return digits.matches("\\d+") ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
	}

}
