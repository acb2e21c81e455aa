package io.jobaudit.report.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.stream.Collectors;

/** Markup, written from start to end; its contents are escaped. */
final class Html {

	/** Elements within a line of text. */
	private static final Set<String> INLINE = Set.of("a", "span", "title", "desc");

	private final StringBuilder markup = new StringBuilder("<!DOCTYPE html>");

	private final Deque<String> open = new ArrayDeque<>();

	/**
	 * Begins an element.
	 * @param attributes names, each followed by its value
	 */
	Html open(String element, String... attributes) {
		begin(element, attributes);
		this.markup.append('>');
		this.open.push(element);
		return this;
	}

	Html close() {
		this.markup.append("</").append(this.open.pop()).append('>');
		return this;
	}

	Html empty(String element, String... attributes) {
		begin(element, attributes);
		this.markup.append(" />");
		return this;
	}

	Html line(String element, String text, String... attributes) {
		return open(element, attributes).text(text).close();
	}

	Html text(String text) {
		this.markup.append(HtmlText.escape(text));
		return this;
	}

	/** The style sheet, which is ours and contains no markup. */
	Html style(String css) {
		open("style");
		this.markup.append('\n').append(css);
		return close();
	}

	/**
	 * The whole page.
	 * @throws IllegalStateException when an element is not closed
	 */
	String page() {
		if (!this.open.isEmpty()) {
			throw new IllegalStateException("expected the end of each element, but there is none of " + this.open);
		}
		return this.markup + "\n";
	}

	private void begin(String element, String... attributes) {
		if (!INLINE.contains(element)) {
			this.markup.append('\n');
		}
		this.markup.append('<').append(element);
		for (int index = 0; index < attributes.length; index += 2) {
			this.markup.append(' ').append(attributes[index]).append("=\"");
			this.markup.append(HtmlText.escape(attributes[index + 1])).append('"');
		}
	}

	/** Makes a text safe for a page: no markup, no character that a parser refuses. */
	static final class HtmlText {

		/** Longest text on a page, in characters; the workbooks show it in full. */
		private static final int LONGEST = 160;

		static String escape(String text) {
			return text.codePoints().mapToObj(HtmlText::escape).collect(Collectors.joining());
		}

		static String brief(String text) {
			return brief(text, LONGEST);
		}

		static String brief(String text, int longest) {
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

}
