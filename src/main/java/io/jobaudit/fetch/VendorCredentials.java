package io.jobaudit.fetch;

import com.aliyun.credentials.Client;
import com.aliyun.credentials.models.CredentialModel;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's own chain: system properties, environment, OIDC, configuration files, ECS
 * role, credentials URI. It keeps and refreshes temporary keys itself.
 */
final class VendorCredentials implements CredentialsSource {

	private volatile @Nullable Client client;

	@Override
	public Credentials get() {
		try {
			CredentialModel model = client().getCredential();
			return new Credentials(model.getAccessKeyId(), model.getAccessKeySecret(), blankToNull(model));
		}
		catch (RuntimeException ex) {
			throw new CredentialsException("no cloud credentials: set ALIBABA_CLOUD_ACCESS_KEY_ID and"
					+ " ALIBABA_CLOUD_ACCESS_KEY_SECRET, or another source of the vendor's chain (" + ex.getMessage()
					+ ")", ex);
		}
	}

	@Override
	public void renew() {
		this.client = null;
	}

	private Client client() {
		Client current = this.client;
		if (current == null) {
			current = new Client();
			this.client = current;
		}
		return current;
	}

	private static @Nullable String blankToNull(CredentialModel model) {
		String token = model.getSecurityToken();
		return (token == null || token.isBlank()) ? null : token;
	}

}
