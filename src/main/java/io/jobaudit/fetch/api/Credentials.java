package io.jobaudit.fetch.api;

import org.jspecify.annotations.Nullable;

/**
 * An access key. Its text never shows the secret or the token.
 *
 * @param accessKeyId id of the key
 * @param accessKeySecret secret that signs
 * @param securityToken STS token, null for a long-lived key
 */
public record Credentials(String accessKeyId, String accessKeySecret, @Nullable String securityToken) {

	@Override
	public String toString() {
		return "Credentials[accessKeyId=" + this.accessKeyId + "]";
	}

}
