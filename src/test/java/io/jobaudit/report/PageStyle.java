package io.jobaudit.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * A page's style sheet as a browser applies it in a medium: selectors are one element or
 * one class, and the class wins.
 *
 * @param rules declarations by selector; later ones replace earlier ones
 */
record PageStyle(Map<String, Map<String, String>> rules) {

	private static final Pattern MEDIUM = Pattern.compile("(?s)@media ([^{]*)\\{(.*?\\})\\s*\\}");

	private static final Pattern RULE = Pattern.compile("([^{}@]+)\\{([^{}]*)\\}");

	private static final Pattern COLOR = Pattern.compile("#[0-9A-Fa-f]{6}");

	/** The style of a page when the media queries that contain a text apply. */
	static PageStyle of(ReadPage page, String medium) {
		String css = page.all("style").findFirst().orElseThrow().getTextContent().replaceAll("(?s)/\\*.*?\\*/", "");
		PageStyle style = new PageStyle(new LinkedHashMap<>());
		style.add(MEDIUM.matcher(css).replaceAll(""));
		MEDIUM.matcher(css)
			.results()
			.filter((query) -> !medium.isEmpty() && query.group(1).contains(medium))
			.forEach((query) -> style.add(query.group(2)));
		return style;
	}

	/** The declarations of a selector. */
	String declared(String selector, String property) {
		return Objects.requireNonNull(this.rules.getOrDefault(selector, Map.of()).get(property), selector);
	}

	/** A property of an element, its own or inherited. */
	String value(Element element, String property) {
		for (Element at = element; at != null; at = (at.getParentNode() instanceof Element parent) ? parent : null) {
			String own = own(at, property);
			if (own != null) {
				return own;
			}
		}
		throw new AssertionError("no " + property + " of " + element.getTagName());
	}

	/** Every colour that it names. */
	Set<String> colors() {
		Set<String> colors = new TreeSet<>();
		this.rules.values()
			.forEach((declarations) -> declarations.values()
				.forEach((value) -> COLOR.matcher(value).results().forEach((color) -> colors.add(color.group()))));
		return colors;
	}

	/** Contrast of two colours as WCAG 2 defines it, from 1 to 21. */
	static double contrast(String one, String other) {
		double first = luminance(one);
		double second = luminance(other);
		return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
	}

	private static double luminance(String color) {
		double[] weights = { 0.2126, 0.7152, 0.0722 };
		return IntStream.range(0, 3).mapToDouble((index) -> {
			double channel = Integer.parseInt(color.substring(1 + 2 * index, 3 + 2 * index), 16) / 255.0;
			return weights[index] * ((channel <= 0.04045) ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4));
		}).sum();
	}

	private @Nullable String own(Element element, String property) {
		List<String> selectors = new ArrayList<>(List.of(element.getTagName()));
		// Of several classes, the one that is declared last wins.
		this.rules.keySet()
			.stream()
			.filter((selector) -> selector.startsWith(".") && ReadPage.is(element, selector.substring(1)))
			.forEach(selectors::add);
		return selectors.stream()
			.map((selector) -> this.rules.getOrDefault(selector, Map.of()).get(property))
			.filter(Objects::nonNull)
			.reduce(null, (earlier, later) -> later);
	}

	private void add(String css) {
		Matcher rule = RULE.matcher(css);
		while (rule.find()) {
			String selector = rule.group(1).strip();
			if (!selector.matches("\\.?[a-z0-9]+|page .*")) {
				throw new AssertionError("a mail client may not know the selector " + selector);
			}
			Map<String, String> declarations = this.rules.computeIfAbsent(selector, (name) -> new LinkedHashMap<>());
			for (String declaration : rule.group(2).split(";")) {
				if (!declaration.isBlank()) {
					String[] parts = declaration.split(":", 2);
					declarations.put(parts[0].strip(), parts[1].strip());
				}
			}
		}
	}

}
