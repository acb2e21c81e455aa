package io.jobaudit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;

/**
 * A page in a file of its own, with the places of its texts: <code>{{value}}</code> from
 * a model, <code>${key}</code> from {@code texts.properties}. All are escaped.
 */
public record HtmlTemplate(Template template) {

	private static final Mustache.Compiler COMPILER = Mustache.compiler().withEscaper(HtmlText::escape);

	private static final Pattern REFERENCE = Pattern.compile("\\$\\{[a-z0-9.-]+}");

	/** Reads a file beside a class. */
	public static HtmlTemplate of(Class<?> beside, String file) {
		return new HtmlTemplate(COMPILER.compile(REFERENCE.matcher(text(beside, file))
			.replaceAll((key) -> Matcher.quoteReplacement(HtmlText.escape(ReportTexts.resolve(key.group()))))));
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

	/** The page with the values of a model. */
	public String fill(Object model) {
		return this.template.execute(model);
	}

}
