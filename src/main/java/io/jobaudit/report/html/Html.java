package io.jobaudit.report.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

import io.jobaudit.HtmlText;

/** Markup, written from start to end; its contents are escaped. */
final class Html {

	/** Elements within a line of text. */
	private static final Set<String> INLINE = Set.of("a", "span", "title", "desc");

	private final StringBuilder markup = new StringBuilder();

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

	/**
	 * What is written.
	 * @throws IllegalStateException when an element is not closed
	 */
	String markup() {
		if (!this.open.isEmpty()) {
			throw new IllegalStateException("expected the end of each element, but there is none of " + this.open);
		}
		return this.markup.toString();
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

}
