package io.jobaudit.fetch.api;

import java.util.function.Supplier;

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

	private static final String CHAIN = "set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or use another"
			+ " source of the vendor's credentials chain";

	private final Supplier<Origin> origins;

	private final String fix;

	private @Nullable Origin origin;

	private CredentialsSource.@Nullable Credentials last;

	/** Where the vendor's library finds a key, which it may keep until it expires. */
	@FunctionalInterface
	public interface Origin {

		/** Returns the key, or throws what the library throws. */
		CredentialModel read();

	}

	public VendorCredentials() {
		this(() -> new Client()::getCredential);
	}

	/**
	 * Takes the keys from somewhere else.
	 * @param origins gives an origin that has read nothing yet
	 */
	public VendorCredentials(Supplier<Origin> origins) {
		this(origins, CHAIN);
	}

	/**
	 * The same with a text of its own where there is no key.
	 * @param fix what to do then
	 */
	VendorCredentials(Supplier<Origin> origins, String fix) {
		this.origins = origins;
		this.fix = fix;
	}

	/**
	 * A source that is unavailable for a moment does not matter while its key is valid.
	 */
	@Override
	public CredentialsSource.Credentials get() {
		try {
			Origin from = origin();
			CredentialsSource.Credentials current = read(from);
			remember(from, current);
			return current;
		}
		catch (RuntimeException ex) {
			CredentialsSource.Credentials known = last();
			if (known != null) {
				return known;
			}
			throw new CredentialsSource.CredentialsException(
					"no cloud credentials: %s (%s)".formatted(this.fix, ex.getMessage()), ex);
		}
	}

	@Override
	public boolean renew(CredentialsSource.Credentials refused) {
		if (!refused.equals(last())) {
			return true;
		}
		try {
			Origin fresh = this.origins.get();
			CredentialsSource.Credentials found = read(fresh);
			replace(fresh, found);
			return !found.equals(refused);
		}
		catch (RuntimeException ex) {
			LOG.debug("The credentials cannot be read again", ex);
			return false;
		}
	}

	private static CredentialsSource.Credentials read(Origin from) {
		CredentialModel model = from.read();
		String token = model.getSecurityToken();
		return new CredentialsSource.Credentials(model.getAccessKeyId(), model.getAccessKeySecret(),
				StringUtils.hasText(token) ? token : null);
	}

	private synchronized Origin origin() {
		Origin current = this.origin;
		if (current == null) {
			current = this.origins.get();
			this.origin = current;
		}
		return current;
	}

	/**
	 * Ignores the key of an origin that has been replaced meanwhile, because it is old.
	 */
	private synchronized void remember(Origin from, CredentialsSource.Credentials current) {
		if (from == this.origin) {
			this.last = current;
		}
	}

	private synchronized void replace(Origin fresh, CredentialsSource.Credentials found) {
		this.origin = fresh;
		this.last = found;
	}

	private synchronized CredentialsSource.@Nullable Credentials last() {
		return this.last;
	}

}
