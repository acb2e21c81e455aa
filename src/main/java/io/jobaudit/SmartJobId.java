package io.jobaudit;

import java.util.regex.Pattern;

/**
 * Id of a smart job: 1 to 64 characters out of {@code A-Z a-z 0-9 -}.
 *
 * @param value the id as the API takes it, case kept
 */
public record SmartJobId(String value) {

	/** Longest id that is taken for one, in characters. */
	public static final int MAX_LENGTH = 64;

	private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9-]{1," + MAX_LENGTH + "}");

	public SmartJobId {
		if (!isWellFormed(value)) {
			throw new IllegalArgumentException("a smart job id has 1 to " + MAX_LENGTH
					+ " characters out of A-Z a-z 0-9 -, but this is \"" + value + "\"");
		}
	}

	/** Whether a text can be an id. */
	public static boolean isWellFormed(String text) {
		return WELL_FORMED.matcher(text).matches();
	}

	@Override
	public String toString() {
		return this.value;
	}

}
