package io.jobaudit.metrics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;

/**
 * A Pushgateway and an OTLP receiver: keeps groups as a Pushgateway does, PUT replaces
 * all of one, POST the families that it brings.
 */
final class PushReceiver implements AutoCloseable {

	private final HttpServer server;

	private final Map<String, Map<String, String>> groups = new ConcurrentHashMap<>();

	private final List<String> methods = new CopyOnWriteArrayList<>();

	private final List<Double> inProgress = new CopyOnWriteArrayList<>();

	private final Map<String, Double> otlp = new ConcurrentHashMap<>();

	private PushReceiver(HttpServer server) {
		this.server = server;
	}

	static PushReceiver start() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		PushReceiver receiver = new PushReceiver(server);
		server.createContext("/metrics/job/", receiver::push);
		server.createContext("/v1/metrics", receiver::export);
		server.start();
		return receiver;
	}

	URI url(String path) {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + path);
	}

	/** What a scrape sees of a group. */
	ExpositionText group(String path) {
		Map<String, String> families = this.groups.get(path);
		if (families == null) {
			throw new AssertionError("no group " + path + ", only " + this.groups.keySet());
		}
		return ExpositionText.parse(String.join("", families.values()));
	}

	/** Methods of all pushes. */
	List<String> methods() {
		return this.methods;
	}

	/** What each push said of a run in progress. */
	List<Double> inProgress() {
		return this.inProgress;
	}

	/** What came by OTLP last. */
	Map<String, Double> otlp() {
		return this.otlp;
	}

	private void push(HttpExchange exchange) throws IOException {
		try {
			String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			ExpositionText parsed = ExpositionText.parse(text);
			parsed.samples().forEach((sample, value) -> {
				if (sample.startsWith("jobaudit_run_in_progress{")) {
					this.inProgress.add(value);
				}
			});
			String path = exchange.getRequestURI().getRawPath();
			Map<String, String> group = new LinkedHashMap<>(
					exchange.getRequestMethod().equals("PUT") ? Map.of() : this.groups.getOrDefault(path, Map.of()));
			group.putAll(parsed.families());
			this.groups.put(path, group);
			this.methods.add(exchange.getRequestMethod());
			exchange.sendResponseHeaders(200, -1);
		}
		catch (IllegalArgumentException ex) {
			byte[] why = String.valueOf(ex.getMessage()).getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(400, why.length);
			exchange.getResponseBody().write(why);
		}
		exchange.close();
	}

	private void export(HttpExchange exchange) throws IOException {
		boolean isProtobuf = "application/x-protobuf".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
		ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody())
			.getResourceMetricsList()
			.forEach((received) -> this.otlp.putAll(OtlpPoints.of(received)));
		exchange.sendResponseHeaders(isProtobuf ? 200 : 415, -1);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
