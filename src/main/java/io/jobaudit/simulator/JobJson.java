package io.jobaudit.simulator;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.jobaudit.simulator.SimulatedJobs.Weighted;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a job as the API's JSON, in the shape of the samples of its type. */
record JobJson(SimulatedJob job, SimulatedUsage usage, Random random) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	// a lone surrogate has no UTF-8, so such a body is written in ASCII with escapes
	private static final JsonMapper ASCII_JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private static final String SENTENCE = "Tickets are often very expensive, but they sell out instantly upon release.";

	private static final String COPY = "Try the cakes from our new store, made with pure, real cream. "
			+ "Every bite is a sweet surprise, \u7eaf\u5976\u6cb9 and \u00e9clairs included.";

	String write() {
		ObjectNode answer = JSON.createObjectNode();
		answer.put("JobId", this.job.jobId()).put("State", this.job.state());
		putText(answer, "UserData", this.job.userData());
		putInfo(answer.putObject("SmartJobInfo"));
		putText(answer, "ErrorCode", this.job.errorCode());
		putText(answer, "ErrorMessage", this.job.errorMessage());
		putResult(answer);
		String json = JSON.writeValueAsString(answer);
		return StandardCharsets.UTF_8.newEncoder().canEncode(json) ? json : ASCII_JSON.writeValueAsString(answer);
	}

	private void putInfo(ObjectNode info) {
		info.put("JobType", this.job.jobType()).put("Title", this.job.title());
		info.put("CreateTime", this.job.createTime().toString());
		info.put("ModifiedTime", this.job.createTime().plusSeconds(this.random.nextInt(600)).toString());
		info.put("UserId", Integer.toString(1_974_526_000 + this.random.nextInt(20)));
		switch (this.job.jobType()) {
			case "ASR" -> info.putObject("InputConfig")
				.put("JobParameters", "{\"duration\":\"00:30:00\",\"start_time\":\"00:00:00\"}")
				.put("InputFile", media("in"));
			case "TextToSpeech" -> putSpeech(info);
			case "TextGenerate" -> info.put("EditingConfig",
					"{\"Type\":\"MarketingCopy\",\"GenerateConfig\":\"{\\\"textLength\\\":100,\\\"targetCount\\\":3}\"}");
			default -> info.put("Description", "weekly series").putObject("InputConfig").put("InputFile", media("in"));
		}
	}

	private void putSpeech(ObjectNode info) {
		info.put("EditingConfig", "{\"format\":\"MP3\",\"sample_rate\":16000,\"voice\":\"Siqi\",\"volume\":50}");
		info.putObject("InputConfig").put("InputFile", SENTENCE);
		info.putObject("OutputConfig").put("Bucket", "media-bucket").put("Object", "out/" + this.job.jobId() + ".mp3");
	}

	private void putResult(ObjectNode answer) {
		ObjectNode result = JSON.createObjectNode();
		if (this.job.state().equals("Finished")) {
			putOutput(answer, result);
			result.put("AiResult", aiResult());
		}
		if (this.usage.json() != null) {
			result.set("Usage", this.usage.json());
		}
		if (!result.isEmpty()) {
			answer.set("JobResult", result);
		}
	}

	private void putOutput(ObjectNode answer, ObjectNode result) {
		switch (this.job.jobType()) {
			case "TextToSpeech" -> result.put("MediaId", this.job.jobId());
			case "VideoTranslation", "DynamicChart" -> result.put("MediaUrl", media("out"));
			default -> answer.put("Output", "{}");
		}
	}

	/** Some hundred characters for most jobs, some thousand for a few. */
	private String aiResult() {
		int parts = (this.random.nextInt(50) == 0) ? 40 + this.random.nextInt(120) : 2 + this.random.nextInt(6);
		return switch (this.job.jobType()) {
			case "ASR", "TextToSpeech" -> array(parts,
					(part) -> "{\"content\":\"" + SENTENCE + "\",\"from\":" + part + ".0,\"to\":" + part + ".846}");
			case "TextGenerate" -> array(parts, (part) -> "\"" + COPY + "\"");
			case "DynamicChart" -> "{\"charts\":" + parts + "}";
			default -> SENTENCE;
		};
	}

	private static String array(int parts, IntFunction<String> element) {
		return IntStream.range(0, parts).mapToObj(element).collect(Collectors.joining(",", "[", "]"));
	}

	private String media(String directory) {
		return "http://media-bucket.oss-cn-shanghai.aliyuncs.com/" + directory + "/" + this.job.jobId() + ".mp4";
	}

	private static void putText(ObjectNode node, String name, @Nullable String text) {
		if (text != null) {
			node.put(name, text);
		}
	}

	/**
	 * Token usage of a job in the forms that occur.
	 *
	 * @param json {@code JobResult.Usage}; null when the answer has none
	 * @param totalTokens the tokens, if they can be read
	 */
	record SimulatedUsage(@Nullable JsonNode json, OptionalLong totalTokens) {

		static final SimulatedUsage ABSENT = new SimulatedUsage(null, OptionalLong.empty());

		private static final Weighted<String> FORMS = Weighted.of("{\"total_tokens\":%1$d}", 70)
			.or("{\"prompt_tokens\":%2$d,\"completion_tokens\":%3$d,\"total_tokens\":%1$d}", 12)
			.or("{\"total_tokens\":\"%1$d\"}", 6);

		private static final Weighted<String> UNREADABLE = Weighted.of("n/a", 1)
			.or("{\"total_tokens\":", 1)
			.or("{\"total_tokens\":\"many\"}", 1);

		private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

		static SimulatedUsage of(String jobType, String state, Random random) {
			if (random.nextDouble() >= share(jobType, state)) {
				return ABSENT;
			}
			double form = random.nextDouble();
			if (form < 0.02) {
				return new SimulatedUsage(JSON.stringNode(UNREADABLE.pick(random)), OptionalLong.empty());
			}
			return form < 0.1 ? nested(tokens(random)) : text(tokens(random), random);
		}

		boolean unreadable() {
			return this.json != null && this.totalTokens.isEmpty();
		}

		private static double share(String jobType, String state) {
			if (state.equals("Finished")) {
				return jobType.equals("TextGenerate") ? 0.94 : 0.01;
			}
			return state.equals("Failed") && jobType.equals("TextGenerate") ? 0.05 : 0;
		}

		private static long tokens(Random random) {
			return random.nextInt(50) == 0 ? 0 : 40 + Math.round(StrictMath.exp(random.nextDouble() * 8));
		}

		private static SimulatedUsage nested(long tokens) {
			return new SimulatedUsage(JSON.objectNode().put("total_tokens", tokens), OptionalLong.of(tokens));
		}

		private static SimulatedUsage text(long tokens, Random random) {
			long prompt = tokens / 3;
			String text = FORMS.pick(random).formatted(tokens, prompt, tokens - prompt);
			return new SimulatedUsage(JSON.stringNode(text), OptionalLong.of(tokens));
		}

	}

}
