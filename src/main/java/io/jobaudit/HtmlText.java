package io.jobaudit;

import java.util.stream.Collectors;

/** Makes a text safe for a page: no markup, no character that a parser refuses. */
public final class HtmlText {

	/** Longest text on a page, in characters; the workbooks show it in full. */
	private static final int LONGEST = 160;

	private HtmlText() {
	}

	public static String escape(String text) {
		return text.codePoints().mapToObj(HtmlText::escape).collect(Collectors.joining());
	}

	public static String brief(String text) {
		return brief(text, LONGEST);
	}

	public static String brief(String text, int longest) {
		if (text.codePointCount(0, text.length()) <= longest) {
			return text;
		}
		return text.substring(0, text.offsetByCodePoints(0, longest - 1)).strip() + "…";
	}

	private static String escape(int character) {
		return switch (character) {
			case '&' -> "&amp;";
			case '<' -> "&lt;";
			case '>' -> "&gt;";
			case '"' -> "&quot;";
			case '\'' -> "&#39;";
			case '\t', '\n' -> Character.toString(character);
			default -> isText(character) ? Character.toString(character) : "\uFFFD";
		};
	}

	/** Whether it is no control character, lone surrogate or unused code. */
	private static boolean isText(int character) {
		return !Character.isISOControl(character) && (character < 0xD800 || character > 0xDFFF)
				&& (character & 0xFFFE) != 0xFFFE && (character < 0xFDD0 || character > 0xFDEF)
				&& !isDirection(character);
	}

	/** Whether it changes the direction of text after it, even ours. */
	private static boolean isDirection(int character) {
		return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
	}

}
