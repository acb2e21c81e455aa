package io.jobaudit.simulator;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * A received request.
 *
 * @param method HTTP method
 * @param path path without the query
 * @param query parameters of the query, decoded
 * @param headers headers by lower-case name, values trimmed
 * @param body body, empty if there is none
 */
record ApiCall(String method, String path, SortedMap<String, String> query, SortedMap<String, String> headers,
		byte[] body) {

	ApiCall {
		query = Collections.unmodifiableSortedMap(new TreeMap<>(query));
		headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
	}

	static ApiCall of(ClassicHttpRequest request) throws IOException {
		String[] target = request.getRequestUri().split("\\?", 2);
		return new ApiCall(request.getMethod(), target[0], query((target.length > 1) ? target[1] : ""),
				headers(request), body(request.getEntity()));
	}

	/** The header's value; empty if it is missing. */
	String header(String name) {
		return this.headers.getOrDefault(name, "");
	}

	/** Name of the operation; empty if it is missing. */
	String action() {
		return header("x-acs-action");
	}

	/** What it is about: the job id, or which page of which list. */
	String subject() {
		return jobId().isEmpty() ? this.query.toString() : jobId();
	}

	/** The requested job id; empty if it is missing. */
	String jobId() {
		return this.query.getOrDefault("JobId", "");
	}

	private static SortedMap<String, String> query(String encoded) {
		SortedMap<String, String> parameters = new TreeMap<>();
		for (String parameter : encoded.split("&")) {
			String[] parts = parameter.split("=", 2);
			if (!parameter.isEmpty()) {
				parameters.put(decode(parts[0]), (parts.length > 1) ? decode(parts[1]) : "");
			}
		}
		return parameters;
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// not percent-encoded correctly: the signature will not match
			return text;
		}
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
