package io.jobaudit.metrics;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes to a Prometheus Pushgateway, one group for an account and region. */
final class MetricsPushgateway {

	private static final Logger LOG = LoggerFactory.getLogger(MetricsPushgateway.class);

	private final HttpClient http;

	private final URI group;

	private final Duration timeout;

	/**
	 * Creates a pusher.
	 * @param url where the Pushgateway is
	 * @param groupingPath path of the group, from {@code /metrics} on
	 * @param timeout longest time for one push
	 */
	MetricsPushgateway(URI url, String groupingPath, Duration timeout) {
		this.group = URI.create(url.toString().replaceAll("/+$", "") + groupingPath);
		this.timeout = timeout;
		this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout).build();
	}

	/**
	 * Pushes; where that fails, it is logged.
	 * @param text metrics in Prometheus' text format
	 * @param whole whether they take the place of all that the group had (PUT); else what
	 * is not in them stays (POST)
	 */
	void push(String text, boolean whole) {
		HttpRequest request = HttpRequest.newBuilder(this.group)
			.timeout(this.timeout)
			.header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
			.method(whole ? "PUT" : "POST", BodyPublishers.ofString(text))
			.build();
		try {
			HttpResponse<String> response = this.http.sendAsync(request, BodyHandlers.ofString())
				.orTimeout(this.timeout.toMillis(), TimeUnit.MILLISECONDS)
				.join();
			if (response.statusCode() / 100 != 2) {
				tell("HTTP " + response.statusCode() + ": " + response.body().strip());
			}
		}
		catch (CompletionException ex) {
			tell(String.valueOf(ex.getCause()));
		}
	}

	private void tell(String reason) {
		LOG.warn("The metrics are not at {} (audit.metrics.pushgateway.url): {}", this.group, reason);
	}

}
