package io.jobaudit;

import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The texts of reports and mails, by the keys of {@code texts.properties}. */
public final class ReportTexts {

	/** Ignores the default locale: the same run gives the same bytes anywhere. */
	private static final ResourceBundle TEXTS = ResourceBundle.getBundle("io.jobaudit.texts", Locale.ROOT);

	private static final Pattern REFERENCE = Pattern.compile("\\$+\\{([a-z0-9.-]+)(?:\\|(.*))?}", Pattern.DOTALL);

	private ReportTexts() {
	}

	public static Set<String> keys() {
		return TEXTS.keySet();
	}

	/**
	 * A text with its values.
	 * @throws IllegalArgumentException when no text has the key
	 */
	public static String text(String key, @Nullable Object... values) {
		if (!TEXTS.containsKey(key)) {
			throw new IllegalArgumentException("texts.properties has no text \"%s\"; did you mean \"%s\"?"
				.formatted(key, DidYouMean.of(key, keys()).orElse("")));
		}
		String text = TEXTS.getString(key);
		return (values.length > 0) ? String.format(Locale.ROOT, text, values) : text;
	}

	/** The key in <code>${key}</code> or <code>${key|value|value}</code>. */
	public static Optional<String> key(String reference) {
		Matcher matcher = REFERENCE.matcher(reference);
		return (matcher.matches() && !reference.startsWith("$$")) ? Optional.of(matcher.group(1)) : Optional.empty();
	}

	/**
	 * The text of a reference. Any other text is returned as it is, and so is a reference
	 * without a fitting text: it may be data. {@code $$} before a brace is an escaped
	 * {@code $}.
	 */
	public static String resolve(String text) {
		Matcher reference = REFERENCE.matcher(text);
		if (!reference.matches()) {
			return text;
		}
		if (text.startsWith("$$")) {
			return text.substring(1);
		}
		String values = reference.group(2);
		try {
			return TEXTS.containsKey(reference.group(1))
					? text(reference.group(1), (values != null) ? (Object[]) values.split("\\|", -1) : new Object[0])
					: text;
		}
		catch (IllegalFormatException ex) {
			return text;
		}
	}

}
