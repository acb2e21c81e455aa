package io.jobaudit.metrics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
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

	/** Metric families by name, of each group by its labels. */
	private final Map<Map<String, String>, Map<String, String>> groups = new ConcurrentHashMap<>();

	private final List<String> methods = new CopyOnWriteArrayList<>();

	private final List<String> paths = new CopyOnWriteArrayList<>();

	private final List<ExpositionText> states = new CopyOnWriteArrayList<>();

	private final Map<String, Double> otlp = new ConcurrentHashMap<>();

	private PushReceiver(HttpServer server) {
		this.server = server;
	}

	static PushReceiver start() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		PushReceiver receiver = new PushReceiver(server);
		server.createContext("/metrics/job/", receiver::push);
		server.createContext("/v1/metrics", receiver::export);
		server.createContext("/moved/", PushReceiver::redirect);
		server.start();
		return receiver;
	}

	URI url(String path) {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + path);
	}

	/** What a scrape sees of an account and region. */
	ExpositionText group(String account, String region) {
		Map<String, String> labels = Map.of("job", "job-audit", "account", account, "region", region);
		Map<String, String> families = this.groups.get(labels);
		if (families == null) {
			throw new AssertionError("no group " + labels + ", only " + this.groups.keySet());
		}
		return text(families);
	}

	/** Methods of all pushes. */
	List<String> methods() {
		return this.methods;
	}

	/** Paths of all pushes, as they were sent. */
	List<String> paths() {
		return this.paths;
	}

	/** What a scrape saw of the group after each push. */
	List<ExpositionText> states() {
		return this.states;
	}

	/** What came by OTLP last. */
	Map<String, Double> otlp() {
		return this.otlp;
	}

	private void push(HttpExchange exchange) throws IOException {
		try {
			String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			ExpositionText parsed = ExpositionText.parse(text);
			String path = exchange.getRequestURI().getRawPath();
			Map<String, String> labels = labels(path);
			Map<String, String> group = new LinkedHashMap<>(
					exchange.getRequestMethod().equals("PUT") ? Map.of() : this.groups.getOrDefault(labels, Map.of()));
			group.putAll(parsed.families());
			this.groups.put(labels, group);
			this.methods.add(exchange.getRequestMethod());
			this.paths.add(path);
			this.states.add(text(group));
			exchange.sendResponseHeaders(200, -1);
		}
		catch (IllegalArgumentException ex) {
			byte[] why = String.valueOf(ex.getMessage()).getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(400, why.length);
			exchange.getResponseBody().write(why);
		}
		exchange.close();
	}

	private static void redirect(HttpExchange exchange) throws IOException {
		exchange.getResponseHeaders().add("Location", exchange.getRequestURI().getRawPath().replace("/moved/", "/"));
		exchange.sendResponseHeaders(302, -1);
		exchange.close();
	}

	private static ExpositionText text(Map<String, String> families) {
		return ExpositionText.parse(String.join("", families.values()));
	}

	/**
	 * Labels and values in turns; in Base64 where the label says so, a lone = is empty.
	 */
	private static Map<String, String> labels(String path) {
		String[] segments = path.substring("/metrics/".length()).split("/");
		Map<String, String> labels = new HashMap<>();
		for (int i = 0; i < segments.length; i += 2) {
			String value = URLDecoder.decode(segments[i + 1].replace("+", "%2B"), StandardCharsets.UTF_8);
			labels.put(segments[i].replace("@base64", ""), !segments[i].endsWith("@base64") ? value
					: new String(Base64.getUrlDecoder().decode(value.replace("=", "")), StandardCharsets.UTF_8));
		}
		return labels;
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
