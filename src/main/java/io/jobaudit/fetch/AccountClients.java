package io.jobaudit.fetch;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.jobaudit.Account;
import io.jobaudit.Ticker;
import io.jobaudit.fetch.AccountClient.Lane;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.fetch.api.CredentialsSource;
import io.jobaudit.fetch.api.VendorCredentials;
import org.jspecify.annotations.Nullable;

/**
 * Creates clients. The clients of an account share its rate limiter, so that a new client
 * starts at the rate that an earlier one has reached. They share nothing else.
 */
public final class AccountClients {

	private final RetryProperties retry;

	private final Clock clock;

	private final Ticker time = Ticker.SYSTEM;

	private final Map<Account, RateLimiter> limiters = new ConcurrentHashMap<>();

	private final Map<Account, SharedRateLimiter> shared = new ConcurrentHashMap<>();

	AccountClients(RetryProperties retry, Clock clock) {
		this.retry = retry;
		this.clock = clock;
	}

	/** Creates a client of an account. The caller must close it. */
	public AccountClient of(Account account, ApiProperties api) {
		return of(account, api, new VendorCredentials(), Lane.ALONE);
	}

	/**
	 * Creates a client with a key from another source. The caller must close it.
	 * @param lane limits on its calls
	 */
	public AccountClient of(Account account, ApiProperties api, CredentialsSource credentials, Lane lane) {
		return new AccountClient(account, api, this.retry, credentials, lane.gate(), pacer(account, api, lane.rate()),
				this.time, this.clock);
	}

	private CallPacer pacer(Account account, ApiProperties api, @Nullable SharedRate rate) {
		return (rate == null)
				? this.limiters.computeIfAbsent(account,
						(name) -> new RateLimiter(api.rate(), api.outagePatience(), this.time))
				: this.shared.computeIfAbsent(account,
						(name) -> new SharedRateLimiter(api.rate(), rate, api.outagePatience(), this.time));
	}

}
