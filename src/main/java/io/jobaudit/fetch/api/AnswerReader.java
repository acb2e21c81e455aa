package io.jobaudit.fetch.api;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Distinguishes an answer from an error: the code decides first, the status second. */
final class AnswerReader {

	/**
	 * Errors that decide about an id. They must be the API's own, with a request id and a
	 * code of its form: a proxy or a firewall answers 4xx, too.
	 */
	private static final Set<ErrorClass> OF_THE_ID = EnumSet.of(ErrorClass.NOT_FOUND, ErrorClass.REFUSED,
			ErrorClass.UNKNOWN);

	private static final Pattern CODE = Pattern.compile("[A-Z][A-Za-z0-9]*([._-][A-Za-z0-9]+)*");

	private final ErrorTable errors;

	private final Clock clock;

	private final String secret;

	/**
	 * Creates a reader.
	 * @param errors classes of errors
	 * @param clock for hints in answers without a date
	 * @param secret a text that errors must not show, null for none: an error of the
	 * signature may quote what was signed, a security token among it
	 */
	AnswerReader(ErrorTable errors, Clock clock, @Nullable String secret) {
		this.errors = errors;
		this.clock = clock;
		this.secret = Objects.requireNonNullElse(secret, "");
	}

	/**
	 * Reads one answer.
	 * @param asked what was asked
	 * @param status HTTP status
	 * @param header gives the first value of a header, or null
	 * @param bytes the whole body
	 */
	ApiAnswer read(ApiRequest asked, int status, Function<String, @Nullable String> header, byte[] bytes) {
		String headerId = Objects.requireNonNullElse(header.apply("x-acs-request-id"), "");
		Duration hint = RetryHints.read(header, this.clock.instant());
		try {
			return read(asked, status, headerId, hint, JsonBody.parse(bytes));
		}
		catch (UnreadableBodyException ex) {
			return unreadable(status, ex, headerId, hint);
		}
	}

	private ApiAnswer read(ApiRequest asked, int status, String headerId, Duration hint, JsonBody json) {
		ObjectNode body = json.object();
		String requestId = headerId.isEmpty() ? field(body, "RequestId") : headerId;
		String code = field(body, "Code");
		if (isAnswer(asked, status, code, body, hint)) {
			return asked.answer(status, requestId, json);
		}
		return error(asked, status, code, field(body, "Message"), requestId, hint);
	}

	private boolean isAnswer(ApiRequest asked, int status, String code, ObjectNode body, Duration hint) {
		return status / 100 == 2 && asked.isAnsweredBy(body)
				&& (code.isEmpty() || this.errors.classify(status, code, hint) == ErrorClass.TRANSIENT);
	}

	private ApiError error(ApiRequest asked, int status, String code, String text, String requestId, Duration hint) {
		// Before anything is cut: half a secret would not be found.
		String message = withoutSecret(text);
		ErrorClass errorClass = this.errors.classify(status, code, hint);
		if (OF_THE_ID.contains(errorClass) && (requestId.isEmpty() || !CODE.matcher(code).matches())) {
			errorClass = ErrorClass.TRANSIENT;
		}
		return new ApiError(errorClass, status, code.isEmpty() ? "NoCode" : code,
				message.isEmpty() ? "the answer has neither " + asked.wanted() + " nor a message" : message, requestId,
				hint);
	}

	/**
	 * Without a code, it is unknown whose fault a 4xx is, so only throttling is taken
	 * from status and headers.
	 */
	private ApiError unreadable(int status, UnreadableBodyException why, String requestId, Duration hint) {
		boolean throttled = status == 429 || hint.toNanos() > 0;
		boolean answered = why.isBeyondReach() && status / 100 == 2;
		ErrorClass errorClass = throttled ? ErrorClass.THROTTLED
				: answered ? ErrorClass.UNUSABLE : ErrorClass.TRANSIENT;
		return new ApiError(errorClass, status, why.isBeyondReach() ? "BeyondReach" : "NotJson",
				why.describe(this::withoutSecret), requestId, hint);
	}

	/** Fields of an error begin with a capital or a small letter. */
	static String field(ObjectNode body, String name) {
		JsonNode value = body.get(name);
		if (value == null || value.isNull()) {
			value = body.get(Character.toLowerCase(name.charAt(0)) + name.substring(1));
		}
		return (value != null && value.isValueNode() && !value.isNull()) ? value.asString() : "";
	}

	private String withoutSecret(String text) {
		return this.secret.isEmpty() ? text : text.replace(this.secret, "***");
	}

}
