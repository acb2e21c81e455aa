package io.jobaudit;

import java.util.regex.Pattern;

/**
 * Text for a CSV file that no spreadsheet runs: what looks like a formula gets a leading
 * quote, also after a character that separates cells elsewhere, such as the semicolon.
 */
public final class SpreadsheetSafeText {

	/**
	 * Where a cell can begin, and what makes it a formula. Quotes may come before it, so
	 * that each text has one form of its own.
	 */
	private static final String BEGIN = "(?:^|(?<=[;|\\t\\r\\n]))";

	private static final String FORMULA = "(?=['\\s\\p{Z}\\p{Cf}]*[=+\\-@＝＋－＠])";

	private static final String SEPARATOR = "(?='*[\\t\\r\\n|])";

	private static final Pattern UNSAFE = Pattern.compile(BEGIN + FORMULA + "|^" + SEPARATOR);

	/** Most texts have none, and are one cell wherever they are read. */
	private static final Pattern SEPARATORS = Pattern.compile("[;|\\t\\r\\n]");

	private static final Pattern UNSAFE_CELL = Pattern.compile(FORMULA);

	private static final Pattern WRITTEN = Pattern.compile(BEGIN + "'" + FORMULA + "|^'" + SEPARATOR);

	private SpreadsheetSafeText() {
	}

	/** The text as it is written. */
	public static String of(String text) {
		if (SEPARATORS.matcher(text).find()) {
			return UNSAFE.matcher(text).replaceAll("'");
		}
		return UNSAFE_CELL.matcher(text).lookingAt() ? "'" + text : text;
	}

	/** The text that was written so. */
	public static String given(String text) {
		return WRITTEN.matcher(text).replaceAll("");
	}

}
