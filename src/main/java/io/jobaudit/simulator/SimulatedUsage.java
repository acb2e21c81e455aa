package io.jobaudit.simulator;

import java.util.OptionalLong;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

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
