package io.jobaudit.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.net.WWWFormCodec;

/**
 * A received request.
 *
 * @param query parameters of the query, decoded
 * @param headers headers by lower-case name, values trimmed
 */
record ApiCall(String method, String path, SortedMap<String, String> query, SortedMap<String, String> headers,
		byte[] body) {

	static ApiCall of(ClassicHttpRequest request) throws IOException {
		String[] target = request.getRequestUri().split("\\?", 2);
		return new ApiCall(request.getMethod(), target[0], query((target.length > 1) ? target[1] : ""),
				headers(request), body(request.getEntity()));
	}

	String header(String name) {
		return this.headers.getOrDefault(name, "");
	}

	String action() {
		return header("x-acs-action");
	}

	/** What it is about: the job id, or which page of which list. */
	String subject() {
		return jobId().isEmpty() ? this.query.toString() : jobId();
	}

	String jobId() {
		return this.query.getOrDefault("JobId", "");
	}

	private static SortedMap<String, String> query(String encoded) {
		SortedMap<String, String> parameters = new TreeMap<>();
		WWWFormCodec.parse(encoded, StandardCharsets.UTF_8)
			.forEach((pair) -> parameters.put(pair.getName(), Objects.requireNonNullElse(pair.getValue(), "")));
		return parameters;
	}

	private static SortedMap<String, String> headers(ClassicHttpRequest request) {
		SortedMap<String, String> headers = new TreeMap<>();
		for (Header header : request.getHeaders()) {
			headers.merge(header.getName().toLowerCase(Locale.ROOT), header.getValue().strip(),
					(first, second) -> first + "," + second);
		}
		return headers;
	}

	private static byte[] body(HttpEntity entity) throws IOException {
		byte[] body = (entity != null) ? EntityUtils.toByteArray(entity) : null;
		return (body != null) ? body : new byte[0];
	}

}
