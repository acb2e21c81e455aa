package io.jobaudit.fetch;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

import io.jobaudit.SmartJobId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tells a job from an error: the code decides first, the status second. */
final class AnswerReader {

	// Decimals stay exact: a double would turn 1e400000 into infinity before anyone could
	// see it.
	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

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
		String text = new String(bytes, StandardCharsets.UTF_8);
		String headerId = Objects.requireNonNullElse(header.apply("x-acs-request-id"), "");
		Duration hint = RetryHints.read(header);
		ObjectNode body = parse(text);
		if (body == null) {
			return notJson(status, text, headerId, hint);
		}
		String requestId = headerId.isEmpty() ? field(body, "RequestId") : headerId;
		String code = field(body, "Code");
		if (isJob(status, code, body, hint)) {
			return job(asked, new JobAnswer(status, requestId, body, !isUtf8(bytes)));
		}
		return error(status, code, field(body, "Message"), requestId, hint);
	}

	private ApiAnswer job(SmartJobId asked, JobAnswer answer) {
		String id = field(answer.body(), "JobId");
		if (id.isEmpty() || id.equalsIgnoreCase(asked.value())) {
			return answer;
		}
		return ApiError.transientFault(answer.httpStatus(), "WrongJobId", "the answer is about " + excerpt(id),
				answer.requestId());
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
	private ApiError notJson(int status, String text, String requestId, Duration hint) {
		ErrorClass errorClass = (status == 429 || hint.toNanos() > 0) ? ErrorClass.THROTTLED : ErrorClass.TRANSIENT;
		return new ApiError(errorClass, status, "NotJson",
				"the body is not a JSON object: " + excerpt(withoutSecret(text)), requestId, hint);
	}

	private static @Nullable ObjectNode parse(String text) {
		try {
			return (JSON.readTree(text) instanceof ObjectNode object) ? object : null;
		}
		catch (JacksonException | NumberFormatException ex) {
			return null;
		}
	}

	/** Error bodies come with capital or small first letters. */
	private static String field(ObjectNode body, String name) {
		JsonNode value = body.get(name);
		if (value == null) {
			value = body.get(Character.toLowerCase(name.charAt(0)) + name.substring(1));
		}
		return (value != null && value.isValueNode() && !value.isNull()) ? value.asString() : "";
	}

	private String withoutSecret(String text) {
		return this.secret.isEmpty() ? text : text.replace(this.secret, "***");
	}

	private static boolean isUtf8(byte[] bytes) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	private static String excerpt(String text) {
		String line = text.strip().replaceAll("\\s+", " ");
		return line.isEmpty() ? "it is empty" : (line.length() <= 120) ? line : line.substring(0, 120) + "…";
	}

}
