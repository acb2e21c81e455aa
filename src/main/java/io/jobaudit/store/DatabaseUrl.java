package io.jobaudit.store;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.jobaudit.ConfigurationException;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.StringUtils;

/**
 * The setting {@code spring.datasource.url}. An empty one counts as none, so that an
 * environment variable can be overridden.
 */
public final class DatabaseUrl {

	static final String NAME = "spring.datasource.url";

	private static final Pattern HOSTS = Pattern.compile("jdbc:postgresql://([^/?]*@)?([^/?]+).*", Pattern.DOTALL);

	private DatabaseUrl() {
	}

	/** Whether a database is configured, so that the embedded one is not used. */
	public static boolean isSet(PropertyResolver settings) {
		return StringUtils.hasText(settings.getProperty(NAME));
	}

	/**
	 * Checks that it names a PostgreSQL database, if it is set.
	 * @throws ConfigurationException without the URL, which may hold a password
	 */
	public static void check(PropertyResolver settings) {
		String url = settings.getProperty(NAME);
		if (StringUtils.hasText(url) && !url.startsWith("jdbc:postgresql:")) {
			throw new ConfigurationException("spring.datasource.url must start with jdbc:postgresql:,"
					+ " e.g. jdbc:postgresql://db.example/audit (value not shown, it may hold a password)");
		}
	}

	/** Host and port of a URL, or several, as part of a sentence. */
	static String address(String url) {
		Matcher hosts = HOSTS.matcher(url);
		String given = hosts.matches() ? hosts.group(2) : "localhost";
		return Arrays.stream(given.split(","))
			.map((host) -> host.matches(".*:\\d+") ? host : host + ":5432")
			.collect(Collectors.joining(", "));
	}

}
