package io.jobaudit;

import java.util.regex.Pattern;

/**
 * Text for a CSV file that no spreadsheet runs: what looks like a formula gets a leading
 * quote, also after a character that separates cells elsewhere, such as the semicolon.
 */
public final class SpreadsheetSafeText {

	private static final String SEPARATORS = ";|\t\r\n";

	/**
	 * Where a cell can begin, and what makes it a formula. Quotes may come before it, so
	 * that each text has one form of its own.
	 */
	private static final String BEGIN = "(?:^|(?<=[" + SEPARATORS + "]))";

	private static final String FORMULA = "(?=['\\s\\p{Z}\\p{Cf}]*[=+\\-@＝＋－＠])";

	private static final String SEPARATOR = "(?='*[\\t\\r\\n|])";

	private static final Pattern UNSAFE = Pattern.compile(BEGIN + FORMULA + "|^" + SEPARATOR);

	private static final Pattern WRITTEN = Pattern.compile(BEGIN + "'" + FORMULA + "|^'" + SEPARATOR);

	private SpreadsheetSafeText() {
	}

	/** The text as it is written. */
	public static String of(String text) {
		return isPlain(text) ? text : UNSAFE.matcher(text).replaceAll("'");
	}

	/**
	 * A quick test, since most texts are one cell that begins with a letter or a digit,
	 * and a regular expression is slow.
	 */
	private static boolean isPlain(String text) {
		boolean plain = text.isEmpty() || Character.isLetterOrDigit(text.charAt(0));
		for (int index = 1; plain && index < text.length(); index++) {
			plain = SEPARATORS.indexOf(text.charAt(index)) < 0;
		}
		return plain;
	}

	/** The text that was written so. */
	public static String given(String text) {
		return WRITTEN.matcher(text).replaceAll("");
	}

}
