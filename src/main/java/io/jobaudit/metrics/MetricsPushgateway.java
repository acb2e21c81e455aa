package io.jobaudit.metrics;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.jobaudit.FailureReason;
import io.prometheus.metrics.exporter.pushgateway.Format;
import io.prometheus.metrics.exporter.pushgateway.PushGateway;
import io.prometheus.metrics.exporter.pushgateway.Scheme;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.apache.commons.io.function.IORunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Pushes to a Pushgateway, a group per account and region, or per worker; a failure is
 * logged.
 */
final class MetricsPushgateway {

	private static final Logger LOG = LoggerFactory.getLogger(MetricsPushgateway.class);

	private final URI url;

	private final PushGateway gateway;

	MetricsPushgateway(URI url, Duration timeout, Map<String, String> group, PrometheusRegistry registry) {
		this.url = url;
		PushGateway.Builder builder = PushGateway.builder();
		new TreeMap<>(group).forEach(builder::groupingKey);
		this.gateway = builder.scheme(Scheme.fromString(url.getScheme()))
			.address(url.getRawAuthority() + url.getRawPath())
			.job("job-audit")
			.format(Format.PROMETHEUS_TEXT)
			.connectionTimeout(timeout)
			.readTimeout(timeout)
			.connectionFactory(MetricsPushgateway::connection)
			.registry(registry)
			.build();
	}

	/** Replaces all metrics of the group. */
	void replace() {
		push(this.gateway::push);
	}

	/** Replaces the metrics of the group that are pushed and keeps the others. */
	void add() {
		push(this.gateway::pushAdd);
	}

	private void push(IORunnable push) {
		try {
			push.run();
		}
		catch (IOException ex) {
			LOG.warn("Cannot push the metrics to {} (audit.metrics.pushgateway.url): {}", this.url,
					FailureReason.of(NestedExceptionUtils.getMostSpecificCause(ex)));
		}
	}

	/** Opens a connection that encodes a space as %20 and follows no redirect. */
	private static HttpURLConnection connection(URL group) throws IOException {
		URL url = URI.create(group.toString().replace("+", "%20")).toURL();
		HttpURLConnection connection = (HttpURLConnection) url.openConnection();
		connection.setInstanceFollowRedirects(false);
		return connection;
	}

}
