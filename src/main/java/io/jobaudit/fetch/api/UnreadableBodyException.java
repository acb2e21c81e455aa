package io.jobaudit.fetch.api;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

import io.jobaudit.PostgresText;
import org.jspecify.annotations.Nullable;

/** A body that is not a JSON object, or exceeds the limits of what is read. */
final class UnreadableBodyException extends Exception {

	private static final long serialVersionUID = 1L;

	/** Longer than any secret. */
	private static final int MAX_START = 8192;

	private static final int MAX_EXCERPT = 120;

	private final String text;

	private final boolean beyondReach;

	private UnreadableBodyException(String message, String text, @Nullable Throwable cause, boolean beyondReach) {
		super(message, cause);
		this.text = text;
		this.beyondReach = beyondReach;
	}

	/** It may have been cut short, or be a proxy's. */
	static UnreadableBodyException notJson(byte[] body, @Nullable Throwable cause) {
		String start = new String(body, 0, Math.min(body.length, MAX_START), StandardCharsets.UTF_8);
		return new UnreadableBodyException("the answer is not a JSON object: ", start, cause, false);
	}

	/** It is the API's answer, and will be the same the next time. */
	static UnreadableBodyException beyondReach(String limit, Throwable cause) {
		return new UnreadableBodyException("cannot read the answer: ", limit, cause, true);
	}

	boolean isBeyondReach() {
		return this.beyondReach;
	}

	/**
	 * Says what is wrong, with the start of the body.
	 * @param redaction removes secrets, before anything is cut: half a secret would not
	 * be found
	 */
	String describe(UnaryOperator<String> redaction) {
		return getMessage() + excerpt(redaction.apply(this.text));
	}

	private static String excerpt(String text) {
		String line = text.strip().replaceAll("\\s+", " ");
		return line.isEmpty() ? "it is empty" : PostgresText.cut(line, MAX_EXCERPT);
	}

}
