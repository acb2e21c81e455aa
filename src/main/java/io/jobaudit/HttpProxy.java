package io.jobaudit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy of a corporate network: a setting comes before the JVM's system
 * properties, and these before the environment. Loopback is always reached directly.
 */
public record HttpProxy(@Nullable URI proxy, Predicate<String> direct) {

	private static final Http1Config HEADERS = Http1Config.custom()
		.setMaxLineLength(16 * 1024)
		.setMaxHeaderCount(100)
		.build();

	/**
	 * Finds the proxy.
	 * @param setting URL of the proxy such as {@code http://user:password@proxy:3128},
	 * null or empty for that of the JVM or the environment
	 * @throws ConfigurationException when it is not the URL of a proxy
	 */
	public static HttpProxy of(@Nullable String setting) {
		return of(setting, System.getProperties(), System.getenv());
	}

	static HttpProxy of(@Nullable String setting, Properties properties, Map<String, String> environment) {
		if (setting != null && !setting.isBlank()) {
			return new HttpProxy(proxy("audit.api.proxy", setting), noProxy(variable(environment, "no_proxy")));
		}
		String host = properties.getProperty("https.proxyHost", "");
		if (!host.isBlank()) {
			String url = "http://" + host + ":" + properties.getProperty("https.proxyPort", "443");
			return new HttpProxy(proxy("https.proxyHost", url),
					nonProxyHosts(properties.getProperty("http.nonProxyHosts", "")));
		}
		String url = variable(environment, "https_proxy");
		return new HttpProxy(url.isBlank() ? null : proxy("HTTPS_PROXY", url),
				noProxy(variable(environment, "no_proxy")));
	}

	/**
	 * Creates a client whose calls go through the proxy. It does not retry, follow
	 * redirects, or store cookies and logins. The size of headers is limited, because an
	 * endless header would fill the memory. The limit is far above the usual size.
	 * @param silence longest time without a byte of the answer
	 * @param connections maximum number of connections at the same time
	 */
	public CloseableHttpClient client(Duration connect, Duration silence, int connections) {
		return client(connect, silence, connections, () -> {
		});
	}

	/**
	 * The same, with a check right before each call is sent.
	 * @param sending the check; if it throws an exception, the call is not sent
	 */
	public CloseableHttpClient client(Duration connect, Duration silence, int connections, Runnable sending) {
		HttpClientBuilder client = HttpClients.custom()
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
				.setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(HEADERS).build())
				.setDefaultConnectionConfig(ConnectionConfig.custom()
					.setConnectTimeout(Timeout.of(connect))
					.setSocketTimeout(Timeout.of(silence))
					.setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
					.build())
				.setMaxConnTotal(connections)
				.setMaxConnPerRoute(connections)
				.build())
			.setRequestExecutor(new HttpRequestExecutor() {

				@Override
				public ClassicHttpResponse execute(ClassicHttpRequest request, HttpClientConnection connection,
						@Nullable HttpResponseInformationCallback informed, HttpContext context)
						throws IOException, HttpException {
					sending.run();
					return super.execute(request, connection, informed, context);
				}

			})
			.disableAutomaticRetries()
			.disableRedirectHandling()
			.disableCookieManagement()
			.disableAuthCaching();
		if (this.proxy != null) {
			route(client, this.proxy);
		}
		return client.build();
	}

	private void route(HttpClientBuilder client, URI url) {
		HttpHost host = new HttpHost("http", url.getHost(), url.getPort());
		if (url.getUserInfo() != null) {
			String[] user = url.getUserInfo().split(":", 2);
			BasicCredentialsProvider credentials = new BasicCredentialsProvider();
			credentials.setCredentials(new AuthScope(host),
					new UsernamePasswordCredentials(user[0], ((user.length > 1) ? user[1] : "").toCharArray()));
			client.setDefaultCredentialsProvider(credentials);
		}
		client.setRoutePlanner(new DefaultRoutePlanner(null) {

			@Override
			protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
				return isDirect(target.getHostName()) ? null : host;
			}

		});
	}

	boolean isDirect(String host) {
		return this.proxy == null || isLoopback(host) || this.direct.test(host.toLowerCase(Locale.ROOT));
	}

	/** Text for logs, without user and password. */
	@Override
	public String toString() {
		return (this.proxy == null) ? "no proxy" : "proxy " + this.proxy.getHost() + ":" + this.proxy.getPort();
	}

	private static boolean isLoopback(String host) {
		return host.equals("localhost")
				|| (host.matches("[0-9.]+|\\[?[0-9a-f:]+]?") && literal(host).isLoopbackAddress());
	}

	/** Parses an IP address, which needs no DNS look-up. */
	private static InetAddress literal(String host) {
		try {
			return InetAddress.getByName(host);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(host + " is no address", ex);
		}
	}

	private static URI proxy(String name, String url) {
		try {
			URI proxy = URI.create(url.contains("://") ? url : "http://" + url);
			if ("http".equals(proxy.getScheme()) && proxy.getHost() != null) {
				return (proxy.getPort() >= 0) ? proxy : URI.create(proxy.toString().replaceFirst("/?$", "") + ":80");
			}
		}
		catch (IllegalArgumentException ex) {
			// Described below, without the text, which may hold a password.
		}
		throw new ConfigurationException("%s takes the URL of a proxy such as http://proxy.example:3128, but got %s"
			.formatted(name, MaskedUrl.of(url)));
	}

	/** Reads NO_PROXY as curl does: hosts, and domains with all their subdomains. */
	private static Predicate<String> noProxy(String list) {
		return Arrays.stream(list.toLowerCase(Locale.ROOT).split("[,\\s]+"))
			.map((entry) -> entry.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", ""))
			.filter((entry) -> !entry.isEmpty())
			.<Predicate<String>>map(
					(entry) -> (host) -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry))
			.reduce((host) -> false, Predicate::or);
	}

	/** Reads http.nonProxyHosts as the JVM does: patterns with *. */
	private static Predicate<String> nonProxyHosts(String list) {
		return Arrays.stream(list.toLowerCase(Locale.ROOT).split("\\|"))
			.filter((entry) -> !entry.isEmpty())
			.map((entry) -> Pattern.compile(Pattern.quote(entry).replace("*", "\\E.*\\Q")).asMatchPredicate())
			.reduce((host) -> false, Predicate::or);
	}

	private static String variable(Map<String, String> environment, String name) {
		return Objects
			.requireNonNullElse(environment.getOrDefault(name, environment.get(name.toUpperCase(Locale.ROOT))), "");
	}

}
