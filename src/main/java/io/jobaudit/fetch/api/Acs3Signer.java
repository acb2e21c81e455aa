package io.jobaudit.fetch.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * Signature V3 (ACS3-HMAC-SHA256) of a POST with an empty body, as described on the
 * vendor's page "V3 request body and signature".
 *
 * @param clock dates the calls
 * @param nonces gives a new nonce for every call
 */
public record Acs3Signer(Clock clock, Supplier<String> nonces) {

	private static final String ALGORITHM = "ACS3-HMAC-SHA256";

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'")
		.withZone(ZoneOffset.UTC);

	private static final String EMPTY_BODY_HASH = DigestUtils.sha256Hex("");

	/**
	 * Creates the headers of one attempt, which must not be used twice.
	 * @param host host, with the port unless it is the scheme's default
	 * @param action name of the operation
	 * @param version version of the API
	 * @param query parameters, not encoded
	 * @param credentials the key to sign with
	 * @return all headers to send, {@code host} among them
	 */
	Map<String, String> headers(String host, String action, String version, Map<String, String> query,
			CredentialsSource.Credentials credentials) {
		SortedMap<String, String> headers = new TreeMap<>();
		headers.put("host", host);
		headers.put("x-acs-action", action);
		headers.put("x-acs-version", version);
		headers.put("x-acs-date", DATE.format(this.clock.instant()));
		headers.put("x-acs-signature-nonce", this.nonces.get());
		headers.put("x-acs-content-sha256", EMPTY_BODY_HASH);
		if (credentials.securityToken() != null) {
			headers.put("x-acs-security-token", credentials.securityToken());
		}
		headers.put("Authorization", authorization(headers, query, credentials));
		headers.put("Accept", "application/json");
		return headers;
	}

	/**
	 * Keys in order, each {@code key=value} with RFC 3986 encoding: what is signed and
	 * what is sent.
	 */
	static String canonicalQuery(Map<String, String> query) {
		return new TreeMap<>(query).entrySet()
			.stream()
			.map((entry) -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
			.collect(Collectors.joining("&"));
	}

	static String canonicalRequest(SortedMap<String, String> headers, Map<String, String> query) {
		StringBuilder canonicalHeaders = new StringBuilder();
		headers.forEach((name, value) -> canonicalHeaders.append(name).append(':').append(value.strip()).append('\n'));
		return String.join("\n", "POST", "/", canonicalQuery(query), canonicalHeaders, signedHeaders(headers),
				EMPTY_BODY_HASH);
	}

	private static String authorization(SortedMap<String, String> headers, Map<String, String> query,
			CredentialsSource.Credentials credentials) {
		String toSign = ALGORITHM + "\n" + DigestUtils.sha256Hex(canonicalRequest(headers, query));
		HmacUtils hmac = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, credentials.accessKeySecret());
		return "%s Credential=%s,SignedHeaders=%s,Signature=%s".formatted(ALGORITHM, credentials.accessKeyId(),
				signedHeaders(headers), hmac.hmacHex(toSign));
	}

	private static String signedHeaders(SortedMap<String, String> headers) {
		return String.join(";", headers.keySet());
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8)
			.replace("+", "%20")
			.replace("*", "%2A")
			.replace("%7E", "~");
	}

}
