package io.jobaudit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;

/**
 * A page in a file of its own, with the places of its texts: <code>{{value}}</code> from
 * a model, <code>${key}</code> from {@code texts.properties}. All are escaped.
 */
public record HtmlTemplate(Map<ReportTexts, Template> templates) {

	private static final Mustache.Compiler COMPILER = Mustache.compiler().withEscaper(HtmlText::escape);

	private static final Pattern REFERENCE = Pattern.compile("\\$\\{[a-z0-9.-]+}");

	/** Reads a file beside a class. */
	public static HtmlTemplate of(Class<?> beside, String file) {
		String page = text(beside, file);
		return new HtmlTemplate(Stream.of(ReportTexts.values())
			.collect(Collectors.toMap(Function.identity(), (texts) -> COMPILER.compile(with(texts, page)))));
	}

	private static String with(ReportTexts texts, String page) {
		return REFERENCE.matcher(page)
			.replaceAll((key) -> Matcher.quoteReplacement(HtmlText.escape(texts.resolve(key.group()))));
	}

	/** The text of a file beside a class. */
	public static String text(Class<?> beside, String file) {
		try (InputStream in = beside.getResourceAsStream(file)) {
			if (in == null) {
				throw new IllegalStateException(file + " is not in the jar");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read " + file, ex);
		}
	}

	/** The page with the values of a model, in a language. */
	public String fill(Object model, ReportTexts texts) {
		return Objects.requireNonNull(this.templates.get(texts)).execute(model);
	}

}
