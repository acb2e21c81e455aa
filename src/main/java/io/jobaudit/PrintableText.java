package io.jobaudit;

import java.util.regex.Pattern;

/** Text from outside, as one line that steers no terminal and forges no log line. */
public final class PrintableText {

	private static final Pattern LINE_BREAKS = Pattern.compile("[\\t\\n\\x0B\\f\\r\\x{85}\\p{Zl}\\p{Zp}]+");

	/**
	 * Control characters, those that only change the direction or hide, and halves of a
	 * surrogate pair.
	 */
	private static final Pattern UNPRINTABLE = Pattern
		.compile("[\\p{Cntrl}\\x{80}-\\x{9F}\\p{Cf}\\p{Cs}&&[^\\x{200C}\\x{200D}]]");

	private PrintableText() {
	}

	/**
	 * The text with a space for line breaks and tabs, and ? for what cannot be printed.
	 */
	public static String of(String text) {
		return UNPRINTABLE.matcher(LINE_BREAKS.matcher(text).replaceAll(" ")).replaceAll("?");
	}

}
