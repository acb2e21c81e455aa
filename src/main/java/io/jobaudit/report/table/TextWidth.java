package io.jobaudit.report.table;

/** Widths of texts, in Latin characters. */
public final class TextWidth {

	/** From here on characters are twice as wide. */
	private static final int FIRST_WIDE_CHARACTER = 0x2E80;

	private TextWidth() {
	}

	public static int of(String text) {
		return text.codePoints().map((character) -> isWide(character) ? 2 : 1).sum();
	}

	/** Whether the character is as wide as two Latin ones, as Chinese characters are. */
	public static boolean isWide(int character) {
		return character >= FIRST_WIDE_CHARACTER;
	}

}
