package io.jobaudit.fetch.api;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/** A body that holds no JSON object, or one that nobody should try to read. */
final class UnreadableBodyException extends Exception {

	private static final long serialVersionUID = 1L;

	/** More than any secret is long. */
	private static final int MAX_START = 8192;

	private static final int MAX_EXCERPT = 120;

	private final String text;

	private final boolean beyondReach;

	private UnreadableBodyException(String message, String text, @Nullable Throwable cause, boolean beyondReach) {
		super(message, cause);
		this.text = text;
		this.beyondReach = beyondReach;
	}

	/** It may have been cut short or come from somebody else. */
	static UnreadableBodyException notJson(byte[] body, @Nullable Throwable cause) {
		String start = new String(body, 0, Math.min(body.length, MAX_START), StandardCharsets.UTF_8);
		return new UnreadableBodyException("the body is not a JSON object: ", start, cause, false);
	}

	/** It is what the API has to say, and it will be the same the next time. */
	static UnreadableBodyException beyondReach(String limit, Throwable cause) {
		return new UnreadableBodyException("the body is JSON beyond what is read: ", limit, cause, true);
	}

	boolean isBeyondReach() {
		return this.beyondReach;
	}

	/**
	 * Says what is wrong, with how the body begins.
	 * @param redaction takes out what must not be seen, before anything is cut: half a
	 * secret would not be found any more
	 */
	String describe(UnaryOperator<String> redaction) {
		return getMessage() + excerpt(redaction.apply(this.text));
	}

	private static String excerpt(String text) {
		String line = text.strip().replaceAll("\\s+", " ");
		return line.isEmpty() ? "it is empty"
				: (line.length() <= MAX_EXCERPT) ? line : line.substring(0, MAX_EXCERPT) + "…";
	}

}
