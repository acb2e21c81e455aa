package io.jobaudit.normalize;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.jobaudit.PostgresText;
import io.jobaudit.SmartJobId;
import io.jobaudit.normalize.Anomaly.Anomalies;
import io.jobaudit.normalize.UsageReader.Usage;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a row from the storable copy of one answer. */
final class SmartJobReader {

	private static final String FINISHED = "Finished";

	private static final Set<String> KNOWN_STATES = Set.of(FINISHED, "Failed", "Executing", "Created", "Creating",
			"Cancelled");

	private static final String USAGE = "Usage";

	private final ObjectNode raw;

	private final Anomalies anomalies;

	private final List<String> duplicates;

	private final Fields answer;

	private final Fields result;

	private final Fields info;

	private final Fields input;

	private final Fields output;

	SmartJobReader(ObjectNode raw, Anomalies anomalies, Instant fetchedAt, List<String> duplicates) {
		this.raw = raw;
		this.duplicates = duplicates;
		this.anomalies = anomalies;
		this.answer = new Fields(raw, Path.ROOT, anomalies, fetchedAt, Set.of("RequestId", "JobId", "Output",
				"JobResult", "State", "UserData", "SmartJobInfo", "ErrorCode", "ErrorMessage"));
		this.result = this.answer.inside("JobResult", Set.of("MediaId", "AiResult", USAGE, "MediaUrl"));
		this.info = this.answer.inside("SmartJobInfo", Set.of("Title", "Description", "UserId", "InputConfig",
				"OutputConfig", "CreateTime", "ModifiedTime", "JobType", "EditingConfig"));
		this.input = this.info.inside("InputConfig", Set.of("InputFile", "JobParameters"));
		this.output = this.info.inside("OutputConfig", Set.of("Bucket", "Object"));
	}

	/**
	 * What a row keeps of AiResult, which may take megabytes: length and fingerprint of
	 * the answer's own text, or of its compact JSON when it is not text.
	 *
	 * @param bytes length in bytes of UTF-8, where a lone surrogate is a question mark;
	 * null without AiResult
	 * @param sha256 SHA-256 of these bytes in hex; null without AiResult
	 */
	private record AiResult(@Nullable Long bytes, @Nullable String sha256) {

		static AiResult of(JsonNode node) {
			String text = text(node);
			if (text == null) {
				return new AiResult(null, null);
			}
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			return new AiResult((long) bytes.length, DigestUtils.sha256Hex(bytes));
		}

		private static @Nullable String text(JsonNode node) {
			if (node.isMissingNode() || node.isNull()) {
				return null;
			}
			return node.isString() ? node.stringValue() : Json.compact(node);
		}

	}

	/**
	 * The row.
	 * @param requestId the request id from outside the body, or empty
	 * @param originalAiResult AiResult as received, which the storable copy may lack
	 */
	SmartJob read(SmartJobId asked, String requestId, JsonNode originalAiResult) {
		checkJobId(asked);
		String state = readState();
		Usage usage = readUsage();
		this.result.checkText("AiResult", originalAiResult);
		AiResult aiResult = AiResult.of(originalAiResult);
		return new SmartJob(asked, state, this.info.requiredText("JobType"), readError("ErrorCode", state),
				readError("ErrorMessage", state), usage.total(), usage.prompt(), usage.completion(), usage.status(),
				this.info.text("Title"), this.info.text("Description"), this.info.text("UserId"),
				this.answer.text("UserData"), this.input.text("InputFile"), this.output.text("Bucket"),
				this.output.text("Object"), this.result.text("MediaId"), this.result.text("MediaUrl"),
				this.answer.text("Output"), this.info.jsonText("EditingConfig"), this.input.jsonText("JobParameters"),
				this.info.time("CreateTime"), this.info.time("ModifiedTime"), readRequestId(requestId),
				aiResult.bytes(), aiResult.sha256(), Json.compact(this.raw), this.anomalies.toList());
	}

	private void checkJobId(SmartJobId asked) {
		String answered = this.answer.requiredText("JobId");
		if (answered != null && !answered.isEmpty() && !answered.contains("*") && !answered.equals(asked.value())) {
			this.anomalies.add("other job", this.answer.path("JobId"), PostgresText.cut(answered, Fields.MAX_QUOTED));
		}
	}

	private @Nullable String readState() {
		String state = this.answer.requiredText("State");
		if (state != null && !state.isEmpty() && !KNOWN_STATES.contains(state)) {
			this.anomalies.add("unknown state", this.answer.path("State"), PostgresText.cut(state, Fields.MAX_QUOTED));
		}
		return state;
	}

	/** When a figure was given twice, it is unknown which one counts. */
	private Usage readUsage() {
		Path path = this.result.path(USAGE);
		boolean twice = this.duplicates.stream()
			.anyMatch((field) -> field.equals("JobResult") || (field + ".").startsWith(path + "."));
		Usage usage = new UsageReader(path, this.anomalies).read(this.result.node(USAGE));
		return twice ? Usage.UNREADABLE : usage;
	}

	private @Nullable String readError(String name, @Nullable String state) {
		String error = this.answer.nonEmptyText(name);
		if (error != null && FINISHED.equals(state)) {
			this.anomalies.add("error of a finished job", this.answer.path(name));
		}
		return error;
	}

	private @Nullable String readRequestId(String fromAnswer) {
		String inBody = this.answer.nonEmptyText("RequestId");
		return fromAnswer.isEmpty() ? inBody : fromAnswer;
	}

}
