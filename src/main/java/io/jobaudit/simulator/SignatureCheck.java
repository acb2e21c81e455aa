package io.jobaudit.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/** The receiving end of signature V3, {@code ACS3-HMAC-SHA256}. */
final class SignatureCheck {

	private static final String ALGORITHM = "ACS3-HMAC-SHA256";

	private static final Pattern AUTHORIZATION = Pattern
		.compile(ALGORITHM + " +Credential=([^,]+), *SignedHeaders=([a-z0-9;-]+), *Signature=([0-9a-f]{64})");

	private SignatureCheck() {
	}

	/** What an {@code Authorization} header claims. */
	record Claim(String accessKeyId, List<String> signedHeaders, String signature) {
	}

	/**
	 * Reads the {@code Authorization} header.
	 * @throws IllegalArgumentException when it is not as V3 prescribes, or leaves a
	 * header unsigned that must be signed
	 */
	static Claim claim(ApiCall call) {
		Matcher matcher = AUTHORIZATION.matcher(call.header("authorization"));
		if (!matcher.matches()) {
			throw new IllegalArgumentException("Authorization does not conform to " + ALGORITHM);
		}
		List<String> signedHeaders = List.of(matcher.group(2).split(";"));
		for (String name : call.headers().keySet()) {
			if (mustBeSigned(name) && !signedHeaders.contains(name)) {
				throw new IllegalArgumentException("header " + name + " is not signed");
			}
		}
		return new Claim(matcher.group(1), signedHeaders, matcher.group(3));
	}

	static boolean matches(ApiCall call, Claim claim, String secret) {
		return DigestUtils.sha256Hex(call.body()).equals(call.header("x-acs-content-sha256"))
				&& signature(call, claim.signedHeaders(), secret).equals(claim.signature());
	}

	static String signature(ApiCall call, List<String> signedHeaders, String secret) {
		String toSign = ALGORITHM + "\n" + DigestUtils.sha256Hex(canonicalRequest(call, signedHeaders));
		return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, secret).hmacHex(toSign);
	}

	static String canonicalRequest(ApiCall call, List<String> signedHeaders) {
		TreeSet<String> names = new TreeSet<>(signedHeaders);
		String query = call.query()
			.entrySet()
			.stream()
			.map((parameter) -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
			.collect(Collectors.joining("&"));
		String headers = names.stream()
			.map((name) -> name + ":" + call.header(name) + "\n")
			.collect(Collectors.joining());
		return String.join("\n", call.method(), call.path(), query, headers, String.join(";", names),
				call.header("x-acs-content-sha256"));
	}

	private static boolean mustBeSigned(String name) {
		return name.equals("host") || name.equals("content-type") || name.startsWith("x-acs-");
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8)
			.replace("+", "%20")
			.replace("*", "%2A")
			.replace("%7E", "~");
	}

}
