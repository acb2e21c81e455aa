package io.jobaudit;

/** Text as PostgreSQL takes it: without NUL and without lone surrogates. */
public final class PostgresText {

	private static final String CUT_MARK = "…";

	private PostgresText() {
	}

	/** The same text, with U+FFFD for each character that cannot be stored. */
	public static String of(String text) {
		if (text.codePoints().allMatch(PostgresText::isStorable)) {
			return text;
		}
		return text.codePoints()
			.map((codePoint) -> isStorable(codePoint) ? codePoint : 0xFFFD)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	/**
	 * At most {@code maxLength} characters, no surrogate pair torn, a mark at the cut.
	 */
	public static String cut(String text, int maxLength) {
		if (text.length() <= maxLength) {
			return text;
		}
		int end = maxLength - CUT_MARK.length();
		return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT_MARK;
	}

	private static boolean isStorable(int codePoint) {
		return codePoint != 0 && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
	}

}
