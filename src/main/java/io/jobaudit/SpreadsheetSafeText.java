package io.jobaudit;

import java.util.regex.Pattern;

/**
 * Text for a CSV file that no spreadsheet runs: what looks like a formula gets a leading
 * quote.
 */
public final class SpreadsheetSafeText {

	/** Also with quotes before it, so that each text has one form of its own. */
	private static final Pattern FORMULA = Pattern.compile("'*(\\s*[=+\\-@＝＋－＠]|[\\t\\r\\n]).*", Pattern.DOTALL);

	private SpreadsheetSafeText() {
	}

	/** The text as it is written. */
	public static String of(String text) {
		return isFormula(text) ? "'" + text : text;
	}

	/** The text that was written so. */
	public static String given(String text) {
		return (text.startsWith("'") && isFormula(text)) ? text.substring(1) : text;
	}

	private static boolean isFormula(String text) {
		return FORMULA.matcher(text).matches();
	}

}
