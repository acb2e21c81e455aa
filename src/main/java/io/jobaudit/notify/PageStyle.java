package io.jobaudit.notify;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.w3c.dom.Element;

/**
 * The rules of the summary page's style sheet, which stand before the first for a medium
 * and have a selector of one element or one class each.
 */
final class PageStyle {

	private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)}");

	private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);

	private final Map<String, String> rules = new HashMap<>();

	static PageStyle of(String css) {
		PageStyle style = new PageStyle();
		RULE.matcher(COMMENT.matcher(css.split("@media", 2)[0]).replaceAll(""))
			.results()
			.forEach((rule) -> style.rules.merge(rule.group(1).strip(), rule.group(2).strip(),
					(earlier, later) -> earlier + " " + later));
		return style;
	}

	/** Gives an element its own style: that of its name, of its classes, what it has. */
	void apply(Element element) {
		String style = Stream
			.of(Stream.of(this.rules.getOrDefault(element.getTagName(), "")),
					Stream.of(element.getAttribute("class").split(" "))
						.map((name) -> this.rules.getOrDefault("." + name, "")),
					Stream.of(element.getAttribute("style")))
			.flatMap((declarations) -> declarations)
			.filter((declarations) -> !declarations.isEmpty())
			.collect(Collectors.joining(" "));
		if (!style.isEmpty()) {
			element.setAttribute("style", style);
		}
	}

}
