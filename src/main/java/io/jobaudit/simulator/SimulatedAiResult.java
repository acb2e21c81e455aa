package io.jobaudit.simulator;

import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code JobResult.AiResult}: some hundred characters for most jobs, some thousand for a
 * few.
 */
final class SimulatedAiResult {

	static final String SENTENCE = "Tickets are often very expensive, but they sell out instantly upon release.";

	private static final String COPY = "Try the cakes from our new store, made with pure, real cream. "
			+ "Every bite is a sweet surprise, \u7eaf\u5976\u6cb9 and \u00e9clairs included.";

	private SimulatedAiResult() {
	}

	static String of(String jobType, Random random) {
		int parts = (random.nextInt(50) == 0) ? 40 + random.nextInt(120) : 2 + random.nextInt(6);
		return switch (jobType) {
			case "ASR", "TextToSpeech" -> array(parts, SimulatedAiResult::spoken);
			case "TextGenerate" -> array(parts, (part) -> "\"" + COPY + "\"");
			case "DynamicChart" -> "{\"charts\":" + parts + "}";
			default -> SENTENCE;
		};
	}

	private static String spoken(int part) {
		return "{\"content\":\"" + SENTENCE + "\",\"from\":" + part + ".0,\"to\":" + part + ".846}";
	}

	private static String array(int parts, IntFunction<String> element) {
		return IntStream.range(0, parts).mapToObj(element).collect(Collectors.joining(",", "[", "]"));
	}

}
