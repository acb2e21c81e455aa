package io.jobaudit.report.definition;

import java.util.LinkedHashMap;
import java.util.Map;

/** How some values of a column are highlighted. */
public sealed interface Highlight {

	/** Numbers above 0 are red. */
	record Positive() implements Highlight {
	}

	/** Numbers have a bar as a background. */
	record Bar() implements Highlight {
	}

	/** Texts have colours of their own. */
	record Texts(Map<String, ChartColor> hues) implements Highlight {
	}

	static Highlight read(YamlValue value) {
		if (value.isMapping()) {
			Map<String, ChartColor> hues = new LinkedHashMap<>();
			value.mapping()
				.values()
				.forEach((text, hue) -> hues.put(text.text(), hue.oneOf("color", ChartColor.class)));
			return new Texts(hues);
		}
		return switch (value.text().text()) {
			case "positive" -> new Positive();
			case "bar" -> new Bar();
			default -> throw value.expected("positive, bar or texts with their colours");
		};
	}

	default boolean isOfNumbers() {
		return !(this instanceof Texts);
	}

}
