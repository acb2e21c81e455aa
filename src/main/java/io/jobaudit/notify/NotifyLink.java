package io.jobaudit.notify;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.jobaudit.Account;
import org.jspecify.annotations.Nullable;

/** The link of notifications: a URL with names in braces, which are replaced. */
final class NotifyLink {

	private static final String RUN = "{run}";

	private NotifyLink() {
	}

	/**
	 * Rejects a template that makes no URL.
	 * @throws IllegalArgumentException if it does not
	 */
	static void requireValid(String template) {
		try {
			if (NotifyProperties.isHttp(URI.create(replaced(template, "1", "a", "a")))) {
				return;
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below, with what is allowed.
		}
		throw new IllegalArgumentException(
				"audit.notify.link must be an http or https URL, in which only {run}, {account} and {region} are replaced,"
						+ " e.g. https://reports.example/{account}/run-{run}/summary.html");
	}

	/**
	 * The link of a run; null if it needs a number, and there is no run, and for a night.
	 */
	static @Nullable String of(String template, RunNotification notification) {
		Account account = notification.origin().account();
		if (account == null || (notification.run() == null && template.contains(RUN))) {
			return null;
		}
		return replaced(template, String.valueOf(notification.run()), account.name(),
				String.valueOf(notification.origin().region()));
	}

	private static String replaced(String template, String run, String account, String region) {
		return template.replace(RUN, run).replace("{account}", encoded(account)).replace("{region}", encoded(region));
	}

	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
