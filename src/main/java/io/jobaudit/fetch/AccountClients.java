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

/**
 * Makes clients. Those of an account keep to one rate, and go on with what the ones
 * before them have learnt about it; they share nothing else.
 */
public final class AccountClients {

	private final RetryProperties retry;

	private final Clock clock;

	private final Ticker time = Ticker.SYSTEM;

	private final Map<Account, RateLimiter> limiters = new ConcurrentHashMap<>();

	AccountClients(RetryProperties retry, Clock clock) {
		this.retry = retry;
		this.clock = clock;
	}

	/** Makes the client of an account; who asks for it closes it. */
	public AccountClient of(Account account, ApiProperties api) {
		return of(account, api, new VendorCredentials(), Lane.ALONE);
	}

	/**
	 * The same with a key from elsewhere.
	 * @param lane what it must keep to
	 */
	public AccountClient of(Account account, ApiProperties api, CredentialsSource credentials, Lane lane) {
		CallPacer pacer = (lane.rate() != null)
				? new SharedRateLimiter(api.rate(), lane.rate(), api.outagePatience(), this.time) : this.limiters
					.computeIfAbsent(account, (name) -> new RateLimiter(api.rate(), api.outagePatience(), this.time));
		return new AccountClient(account, api, this.retry, credentials, lane.gate(), pacer, this.time, this.clock);
	}

}
