package io.jobaudit.metrics;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a run's metrics go, besides OTLP: that has Boot's own settings,
 * {@code management.otlp.metrics.export}.
 *
 * @param textfile file for the node exporter's textfile collector; null for none
 * @param interval how often they are written while a run goes on
 * @param pushgateway a Prometheus Pushgateway
 */
@ConfigurationProperties("audit.metrics")
public record MetricsProperties(@Nullable Path textfile, @DefaultValue("30s") Duration interval,
		@DefaultValue Pushgateway pushgateway) {

	public MetricsProperties {
		textfile = (textfile == null || textfile.toString().isBlank()) ? null : textfile;
		require(textfile == null || textfile.toString().endsWith(".prom"),
				"audit.metrics.textfile is a file that ends in .prom, the only ones that the node exporter reads, but is "
						+ textfile);
		require(interval.compareTo(Duration.ofSeconds(1)) >= 0,
				"audit.metrics.interval is 1s or longer, but is " + interval);
	}

	/**
	 * A Prometheus Pushgateway.
	 *
	 * @param url where it is, such as http://pushgateway:9091; null for none
	 * @param timeout longest wait for a connection, and for the answer to a push
	 */
	public record Pushgateway(@Nullable URI url, @DefaultValue("3s") Duration timeout) {

		private static final Set<String> SCHEMES = Set.of("http", "https");

		public Pushgateway {
			url = (url == null || url.toString().isBlank()) ? null : url;
			require(url == null || (url.getScheme() != null && SCHEMES.contains(url.getScheme())
					&& url.getHost() != null && url.getRawUserInfo() == null && url.getRawQuery() == null),
					"audit.metrics.pushgateway.url is http://HOST:PORT or https://HOST:PORT, without a user, but is "
							+ String.valueOf(url).replaceFirst("//.*@", "//***@"));
			require(timeout.toMillis() > 0,
					"audit.metrics.pushgateway.timeout must be at least 1ms, e.g. 3s, but is " + timeout);
		}

	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
