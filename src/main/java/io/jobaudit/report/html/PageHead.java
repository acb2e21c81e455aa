package io.jobaudit.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The head of the page: title, style, and a policy that forbids fetching and running
 * anything.
 */
final class PageHead {

	private static final String STYLE = "summary.css";

	private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
			+ "form-action 'none'";

	private PageHead() {
	}

	static void write(Html html, String title) {
		html.open("head").empty("meta", "charset", "utf-8");
		html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
		html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
		html.empty("meta", "name", "color-scheme", "content", "light dark");
		html.line("title", title);
		html.style(style()).close();
	}

	private static String style() {
		try (InputStream css = PageHead.class.getResourceAsStream(STYLE)) {
			if (css == null) {
				throw new IllegalStateException("the class path has no " + STYLE);
			}
			return new String(css.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
