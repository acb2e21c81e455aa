package io.jobaudit.normalize;

import java.time.Instant;
import java.util.Optional;

import io.jobaudit.PostgresText;
import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.api.ApiAnswer.JobAnswer;
import io.jobaudit.normalize.Anomaly.Anomalies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns an API answer into a row, whatever the answer holds: what is not as documented
 * becomes an anomaly of the row, never an exception.
 */
public record SmartJobNormalizer(boolean keepAiResult) {

	private static final String JOB_RESULT = "JobResult";

	private static final String AI_RESULT = "AiResult";

	/**
	 * Returns the row of an answer; the answer itself is not changed.
	 * @param asked the requested id, which the row has whatever the answer says
	 * @param fetchedAt when it came: times far ahead of it cannot be true
	 */
	public SmartJob normalize(SmartJobId asked, JobAnswer answer, Instant fetchedAt) {
		Anomalies anomalies = new Anomalies();
		if (answer.bytesReplaced()) {
			anomalies.add(new Anomaly(Anomaly.REPLACED_BYTES, null, "the answer is not UTF-8"));
		}
		answer.duplicateFields().forEach((path) -> anomalies.add(Anomaly.DUPLICATE_FIELD, path));
		ObjectNode body = answer.body();
		ObjectNode raw = new StorableJson(anomalies).copy(this.keepAiResult ? body : withoutAiResult(body), Path.ROOT);
		JsonNode aiResult = body.path(JOB_RESULT).path(AI_RESULT);
		return new SmartJobReader(raw, anomalies, fetchedAt, answer.duplicateFields()).read(asked,
				PostgresText.of(answer.requestId()), aiResult);
	}

	/**
	 * Returns the row that a stored row's own answer becomes by the current rules.
	 * @param fetchedAt when its answer came
	 * @return the row; empty when the stored list of anomalies is cut, so that it is
	 * unknown what the answer was like when it arrived
	 * @throws IllegalStateException when the stored answer is not a JSON object
	 */
	public static Optional<SmartJob> renormalize(SmartJob stored, Instant fetchedAt) {
		return Anomalies.isCut(stored.anomalies()) ? Optional.empty()
				: Optional.of(new StoredAnswer(stored, fetchedAt).read());
	}

	private static ObjectNode withoutAiResult(ObjectNode body) {
		ObjectNode copy = JsonNodeFactory.instance.objectNode().setAll(body);
		if (body.path(JOB_RESULT) instanceof ObjectNode result) {
			copy.set(JOB_RESULT, JsonNodeFactory.instance.objectNode().setAll(result).without(AI_RESULT));
		}
		return copy;
	}

}
