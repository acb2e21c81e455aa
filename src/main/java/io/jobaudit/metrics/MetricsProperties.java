package io.jobaudit.metrics;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import io.jobaudit.MaskedUrl;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Destinations of the metrics of a run. OTLP has Boot's own settings,
 * {@code management.otlp.metrics.export}.
 *
 * @param textfile file of the node exporter's textfile collector; null for none
 * @param interval how often metrics are written and pushed during a run
 * @param pushgateway a Prometheus Pushgateway
 */
@ConfigurationProperties("audit.metrics")
public record MetricsProperties(@Nullable Path textfile, @DefaultValue("30s") Duration interval,
		@DefaultValue Pushgateway pushgateway) {

	public MetricsProperties {
		textfile = (textfile == null || textfile.toString().isBlank()) ? null : textfile;
		Assert.isTrue(textfile == null || textfile.toString().endsWith(".prom"),
				"audit.metrics.textfile must end in .prom, or the node exporter ignores it, but is " + textfile);
		Assert.isTrue(interval.compareTo(Duration.ofSeconds(1)) >= 0,
				"audit.metrics.interval must be at least 1s, e.g. 30s, but is " + interval);
	}

	/**
	 * A Prometheus Pushgateway.
	 *
	 * @param url its URL, such as http://pushgateway:9091; null for none
	 * @param timeout longest wait for a connection, and for the answer to a push
	 */
	public record Pushgateway(@Nullable URI url, @DefaultValue("3s") Duration timeout) {

		public Pushgateway {
			url = (url == null || url.toString().isBlank()) ? null : url;
			Assert.isTrue(url == null || isBase(url),
					"audit.metrics.pushgateway.url must be http://HOST:PORT or https://HOST:PORT, without a user, but is "
							+ MaskedUrl.of(String.valueOf(url)));
			Assert.isTrue(timeout.compareTo(Duration.ofMillis(1)) >= 0,
					"audit.metrics.pushgateway.timeout must be at least 1ms, e.g. 3s, but is " + timeout);
		}

		private static boolean isBase(URI url) {
			return url.getScheme() != null && Set.of("http", "https").contains(url.getScheme()) && url.getHost() != null
					&& url.getRawUserInfo() == null && url.getRawQuery() == null;
		}

	}

}
