package io.jobaudit.simulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A call to the API, signed by the tests' own code and written as the text that goes over
 * the wire.
 */
record TestCall(String query, String accessKeyId, String secret, Map<String, String> headers) {

	static TestCall forJob(String jobId) {
		return new TestCall("JobId=" + jobId, "simulator", "simulator-secret",
				Map.of("x-acs-action", "GetSmartHandleJob", "x-acs-version", "2020-11-09", "x-acs-date",
						Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), "x-acs-signature-nonce",
						UUID.randomUUID().toString(), "x-acs-content-sha256", sha256("")));
	}

	TestCall withKey(String id, String newSecret) {
		return new TestCall(this.query, id, newSecret, this.headers);
	}

	TestCall withQuery(String encoded) {
		return new TestCall(encoded, this.accessKeyId, this.secret, this.headers);
	}

	TestCall withHeader(String name, String value) {
		Map<String, String> more = new TreeMap<>(this.headers);
		more.put(name, value);
		return new TestCall(this.query, this.accessKeyId, this.secret, more);
	}

	/** The signed request; {@code query} must already be sorted and encoded. */
	String wire(URI endpoint, String method) {
		TreeMap<String, String> signed = new TreeMap<>(this.headers);
		signed.put("host", endpoint.getAuthority());
		String names = String.join(";", signed.keySet());
		String canonical = method + "\n/\n" + this.query + "\n" + lines(signed, ":", "\n") + "\n" + names + "\n"
				+ this.headers.get("x-acs-content-sha256");
		signed.put("Authorization", "ACS3-HMAC-SHA256 Credential=" + this.accessKeyId + ",SignedHeaders=" + names
				+ ",Signature=" + hmac("ACS3-HMAC-SHA256\n" + sha256(canonical)));
		return method + " /?" + this.query + " HTTP/1.1\r\n" + lines(signed, ": ", "\r\n")
				+ "Content-Length: 0\r\n\r\n";
	}

	String wire(URI endpoint) {
		return wire(endpoint, "POST");
	}

	private static String lines(Map<String, String> headers, String between, String end) {
		return headers.entrySet()
			.stream()
			.map((header) -> header.getKey() + between + header.getValue() + end)
			.collect(Collectors.joining());
	}

	private String hmac(String text) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(this.secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String sha256(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
