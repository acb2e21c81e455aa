package io.jobaudit.fetch.api;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import org.jspecify.annotations.Nullable;

/** Where access keys come from. */
public interface CredentialsSource {

	/**
	 * Returns the key to sign the next call with.
	 * @throws CredentialsException when there is none
	 */
	Credentials get();

	/**
	 * Reads the key from its origin again, unless there is another one already.
	 * @param refused the key that the API does not accept
	 * @return whether there is another one now
	 */
	boolean renew(Credentials refused);

	/** No credentials to sign with; the message says where they were searched. */
	public static class CredentialsException extends AuditException {

		private static final long serialVersionUID = 1L;

		CredentialsException(String message, Throwable cause) {
			super(ExitStatus.PERMISSION, message, cause);
		}

	}

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

}
