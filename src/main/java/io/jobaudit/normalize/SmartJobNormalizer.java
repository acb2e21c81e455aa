package io.jobaudit.normalize;

import java.util.Optional;

import io.jobaudit.PostgresText;
import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.api.JobAnswer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a row of an API answer, whatever the answer holds: what is not as documented
 * becomes an anomaly of the row, never an exception.
 */
public final class SmartJobNormalizer {

	private static final String JOB_RESULT = "JobResult";

	private static final String AI_RESULT = "AiResult";

	private final boolean keepAiResult;

	/**
	 * A normalizer for all answers of a run.
	 * @param keepAiResult whether {@code raw} holds AiResult, which may be megabytes
	 */
	public SmartJobNormalizer(boolean keepAiResult) {
		this.keepAiResult = keepAiResult;
	}

	/**
	 * The row of an answer; the answer itself is left as it is.
	 * @param asked the id that was asked, which the row carries whatever the answer says
	 * @param answer what the API said
	 */
	public SmartJob normalize(SmartJobId asked, JobAnswer answer) {
		Anomalies anomalies = new Anomalies();
		if (answer.bytesReplaced()) {
			anomalies.add(new Anomaly(Anomaly.REPLACED_BYTES, null, "the answer is not UTF-8"));
		}
		answer.duplicateFields().forEach((path) -> anomalies.add(Anomaly.DUPLICATE_FIELD, path));
		ObjectNode body = answer.body();
		ObjectNode raw = new StorableJson(anomalies).copy(this.keepAiResult ? body : withoutAiResult(body), Path.ROOT);
		JsonNode aiResult = body.path(JOB_RESULT).path(AI_RESULT);
		return new SmartJobReader(raw, anomalies, answer.duplicateFields()).read(asked,
				PostgresText.of(answer.requestId()), aiResult);
	}

	/**
	 * The row that a stored row's own answer makes by the rules of today.
	 * @param stored a row as it is stored
	 * @return the row; empty where the stored one cannot tell what its answer was like
	 * when it came, because its list of anomalies is cut
	 * @throws IllegalStateException when its answer is no JSON object
	 */
	public static Optional<SmartJob> renormalize(SmartJob stored) {
		return Anomalies.isCut(stored.anomalies()) ? Optional.empty() : Optional.of(new StoredAnswer(stored).read());
	}

	private static ObjectNode withoutAiResult(ObjectNode body) {
		ObjectNode copy = JsonNodeFactory.instance.objectNode().setAll(body);
		if (body.path(JOB_RESULT) instanceof ObjectNode result) {
			copy.set(JOB_RESULT, JsonNodeFactory.instance.objectNode().setAll(result).without(AI_RESULT));
		}
		return copy;
	}

}
