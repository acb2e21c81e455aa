package io.jobaudit;

import java.util.HashMap;
import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The texts of reports and mails in a language, by the keys of {@code texts.properties}.
 */
public enum ReportTexts {

	/** English. */
	EN(Locale.ROOT),

	/** Simplified Chinese. */
	ZH_CN(Locale.SIMPLIFIED_CHINESE);

	private static final Pattern REFERENCE = Pattern.compile("\\$+\\{([a-z0-9.-]+)(?:\\|(.*))?}", Pattern.DOTALL);

	private static final Pattern NUMBERED = Pattern.compile("([0-9,]+) (.+)");

	private static final Pattern RANKED = Pattern.compile("(\\d+\\. )(\\([a-z ]+\\))(.*)", Pattern.DOTALL);

	private final ResourceBundle texts;

	/** Names by the first word of their keys and by what they are in English. */
	private final Map<String, Map<String, String>> names = new HashMap<>();

	/** Ignores the default locale: the same run gives the same bytes anywhere. */
	ReportTexts(Locale locale) {
		String bundle = "io.jobaudit.texts";
		ResourceBundle english = ResourceBundle.getBundle(bundle, Locale.ROOT);
		this.texts = ResourceBundle.getBundle(bundle, locale);
		english.keySet()
			.forEach((key) -> this.names.computeIfAbsent(key.split("\\.")[0], (kind) -> new HashMap<>())
				.put(english.getString(key), this.texts.getString(key)));
	}

	public static Set<String> keys() {
		return EN.texts.keySet();
	}

	/** The key in <code>${key}</code> or <code>${key|value|value}</code>. */
	public static Optional<String> key(String reference) {
		Matcher matcher = REFERENCE.matcher(reference);
		return (matcher.matches() && !reference.startsWith("$$")) ? Optional.of(matcher.group(1)) : Optional.empty();
	}

	/**
	 * A text with its values.
	 * @throws IllegalArgumentException when no text has the key
	 */
	public String text(String key, @Nullable Object... values) {
		if (!this.texts.containsKey(key)) {
			throw new IllegalArgumentException("texts.properties has no text \"%s\"; did you mean \"%s\"?"
				.formatted(key, DidYouMean.of(key, keys()).orElse("")));
		}
		String text = this.texts.getString(key);
		return (values.length > 0) ? String.format(Locale.ROOT, text, values) : text;
	}

	/**
	 * The text of a reference. Any other text is returned as it is, and so is a reference
	 * without a fitting text: it may be data. {@code $$} before a brace is an escaped
	 * {@code $}.
	 */
	public String resolve(String text) {
		Matcher reference = REFERENCE.matcher(text);
		if (!reference.matches()) {
			return text;
		}
		if (text.startsWith("$$")) {
			return text.substring(1);
		}
		String values = reference.group(2);
		try {
			return this.texts.containsKey(reference.group(1)) ? text(reference.group(1),
					(values != null) ? Stream.of(values.split("\\|", -1)).map(this::nothing).toArray() : new Object[0])
					: text;
		}
		catch (IllegalFormatException ex) {
			return text;
		}
	}

	/** As {@link #resolve}, also for a name with its rank. */
	public String label(String text) {
		Matcher ranked = RANKED.matcher(text);
		return ranked.matches() ? ranked.group(1) + nothing(ranked.group(2)) + ranked.group(3) : resolve(text);
	}

	/** The name of a sheet, by its name in English. */
	public String tab(String name) {
		return named("tab", name).orElse(name);
	}

	/** The name of a column, by its name in English. */
	public String header(String name) {
		return named("header", name).orElse(name);
	}

	/** The name of a column of instants in a time zone. */
	public String time(String name, String zone) {
		return named("time", name + " (%s)").map((text) -> text.replace("%s", zone))
			.orElseGet(() -> name + " (" + zone + ")");
	}

	/** A word of ours, optionally after a number; any other text is unchanged. */
	public String word(String text) {
		return named("word", text).or(() -> {
			Matcher numbered = NUMBERED.matcher(text);
			return numbered.matches()
					? named("word", "%s " + numbered.group(2)).map((word) -> word.replace("%s", numbered.group(1)))
					: Optional.empty();
		}).orElseGet(() -> nothing(text));
	}

	/**
	 * Translates the placeholder of a missing name, such as (no type); returns any other
	 * text unchanged.
	 */
	public String nothing(String text) {
		return text.startsWith("(") ? named("nothing", text).orElse(text) : text;
	}

	private Optional<String> named(String kind, String english) {
		return Optional.ofNullable(this.names.getOrDefault(kind, Map.of()).get(english));
	}

}
