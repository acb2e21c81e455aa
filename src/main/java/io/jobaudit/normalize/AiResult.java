package io.jobaudit.normalize;

import java.nio.charset.StandardCharsets;

import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a row keeps of AiResult, which may take megabytes: length and fingerprint of the
 * answer's own text, or of its compact JSON when it is not text.
 *
 * @param bytes length in bytes of UTF-8, where a lone surrogate is a question mark; null
 * without AiResult
 * @param sha256 SHA-256 of these bytes in hex; null without AiResult
 */
record AiResult(@Nullable Long bytes, @Nullable String sha256) {

	static AiResult of(JsonNode node) {
		String text = text(node);
		if (text == null) {
			return new AiResult(null, null);
		}
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new AiResult((long) bytes.length, DigestUtils.sha256Hex(bytes));
	}

	private static @Nullable String text(JsonNode node) {
		if (node.isMissingNode() || node.isNull()) {
			return null;
		}
		return node.isString() ? node.stringValue() : Json.compact(node);
	}

}
