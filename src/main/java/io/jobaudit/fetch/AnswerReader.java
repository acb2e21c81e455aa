package io.jobaudit.fetch;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

import io.jobaudit.SmartJobId;
import io.jobaudit.StorableText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells a job from an error: the code decides first, the status second. */
final class AnswerReader {

	private final ErrorClassifier classifier;

	private final String secret;

	AnswerReader(ErrorClassifier classifier) {
		this(classifier, "");
	}

	private AnswerReader(ErrorClassifier classifier, String secret) {
		this.classifier = classifier;
		this.secret = secret;
	}

	/**
	 * The same, but errors come without a text that must not be seen: those of the
	 * signature may quote what was signed.
	 */
	AnswerReader hiding(@Nullable String secret) {
		return new AnswerReader(this.classifier, (secret != null) ? secret : "");
	}

	/**
	 * Reads one answer.
	 * @param asked the id that was asked
	 * @param status HTTP status
	 * @param header gives the first value of a header, or null
	 * @param bytes the whole body
	 */
	ApiAnswer read(SmartJobId asked, int status, Function<String, @Nullable String> header, byte[] bytes) {
		String headerId = Objects.requireNonNullElse(header.apply("x-acs-request-id"), "");
		Duration hint = RetryHints.read(header);
		try {
			return read(asked, status, headerId, hint, JsonBody.parse(bytes));
		}
		catch (UnreadableBodyException ex) {
			return unreadable(status, ex, headerId, hint);
		}
	}

	private ApiAnswer read(SmartJobId asked, int status, String headerId, Duration hint, JsonBody json) {
		ObjectNode body = json.object();
		String requestId = headerId.isEmpty() ? field(body, "RequestId") : headerId;
		String code = field(body, "Code");
		if (isJob(status, code, body, hint)) {
			return job(asked, new JobAnswer(status, requestId, body, json.bytesReplaced(), json.duplicateFields()));
		}
		return error(status, code, field(body, "Message"), requestId, hint);
	}

	private ApiAnswer job(SmartJobId asked, JobAnswer answer) {
		String id = field(answer.body(), "JobId");
		if (answer.duplicateFields().contains("JobId")) {
			return wrongJob(answer, "the answer has several job ids, the last is " + cut(id));
		}
		return (id.isEmpty() || id.equalsIgnoreCase(asked.value())) ? answer
				: wrongJob(answer, "the answer is about " + cut(id));
	}

	/** Never stored: neither under the id that was asked nor under the other. */
	private static ApiError wrongJob(JobAnswer answer, String message) {
		return ApiError.transientFault(answer.httpStatus(), "WrongJobId", message, answer.requestId());
	}

	private boolean isJob(int status, String code, ObjectNode body, Duration hint) {
		boolean describesJob = body.hasNonNull("State") || body.hasNonNull("SmartJobInfo");
		return status / 100 == 2 && describesJob
				&& (code.isEmpty() || this.classifier.classify(status, code, hint) == ErrorClass.TRANSIENT);
	}

	private ApiError error(int status, String code, String told, String requestId, Duration hint) {
		// Before anything is cut: half a secret would not be found any more.
		String message = withoutSecret(told);
		ErrorClass errorClass = this.classifier.classify(status, code, hint);
		return new ApiError(errorClass, status, code.isEmpty() ? "NoCode" : code,
				message.isEmpty() ? "an answer with neither a job nor a message" : message, requestId, hint);
	}

	/**
	 * Without a code there is no telling whose fault a 4xx is, so only throttling is
	 * taken from status and headers.
	 */
	private ApiError unreadable(int status, UnreadableBodyException why, String requestId, Duration hint) {
		boolean throttled = status == 429 || hint.toNanos() > 0;
		boolean answered = why.isBeyondReach() && status / 100 == 2;
		ErrorClass errorClass = throttled ? ErrorClass.THROTTLED
				: answered ? ErrorClass.UNUSABLE : ErrorClass.TRANSIENT;
		return new ApiError(errorClass, status, why.isBeyondReach() ? "BeyondReach" : "NotJson",
				why.describe(this::withoutSecret), requestId, hint);
	}

	/** Error bodies come with capital or small first letters. */
	private static String field(ObjectNode body, String name) {
		JsonNode value = body.get(name);
		if (value == null || value.isNull()) {
			value = body.get(Character.toLowerCase(name.charAt(0)) + name.substring(1));
		}
		return (value != null && value.isValueNode() && !value.isNull()) ? value.asString() : "";
	}

	private String withoutSecret(String text) {
		return this.secret.isEmpty() ? text : text.replace(this.secret, "***");
	}

	private static String cut(String id) {
		return StorableText.cut(id, 2 * SmartJobId.MAX_LENGTH);
	}

}
