package io.jobaudit.fetch.api;

import com.aliyun.credentials.Client;
import com.aliyun.credentials.models.CredentialModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.StringUtils;

/**
 * The vendor's own chain: system properties, environment, OIDC, configuration files, ECS
 * role, credentials URI. It keeps and refreshes temporary keys itself. A new client reads
 * all of them again, except the environment and the credentials file, which the library
 * reads once in a process.
 */
public final class VendorCredentials implements CredentialsSource {

	private static final Logger LOG = LoggerFactory.getLogger(VendorCredentials.class);

	private @Nullable Client client;

	private volatile @Nullable Credentials last;

	/**
	 * A source that is unavailable for a moment does not matter while its key is valid.
	 */
	@Override
	public Credentials get() {
		try {
			CredentialModel model = client().getCredential();
			String token = model.getSecurityToken();
			Credentials current = new Credentials(model.getAccessKeyId(), model.getAccessKeySecret(),
					StringUtils.hasText(token) ? token : null);
			this.last = current;
			return current;
		}
		catch (RuntimeException ex) {
			Credentials known = this.last;
			if (known != null) {
				return known;
			}
			throw new CredentialsException("no cloud credentials: set ALIBABA_CLOUD_ACCESS_KEY_ID and"
					+ " ALIBABA_CLOUD_ACCESS_KEY_SECRET, or use another source of the vendor's credentials chain ("
					+ ex.getMessage() + ")", ex);
		}
	}

	/** All calls in flight fail when a key expires; only the first one renews it. */
	@Override
	public synchronized void renew(Credentials expired) {
		if (expired.equals(this.last)) {
			this.last = null;
			this.client = null;
			LOG.info("The token of access key {} has expired: reading the credentials again", expired.accessKeyId());
		}
	}

	private synchronized Client client() {
		Client current = this.client;
		if (current == null) {
			current = new Client();
			this.client = current;
		}
		return current;
	}

}
