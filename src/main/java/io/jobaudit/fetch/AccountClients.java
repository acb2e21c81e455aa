package io.jobaudit.fetch;

import java.time.Clock;

import io.jobaudit.Account;
import io.jobaudit.fetch.AccountClient.Lane;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.fetch.api.CredentialsSource;
import io.jobaudit.fetch.api.VendorCredentials;

/** Makes clients, which share nothing. */
public record AccountClients(RetryProperties retry, Clock clock) {

	/** Makes the client of an account; who asks for it closes it. */
	public AccountClient of(Account account, ApiProperties api) {
		return of(account, api, new VendorCredentials(), Lane.ALONE);
	}

	/**
	 * The same with a key from elsewhere.
	 * @param lane what it must keep to
	 */
	public AccountClient of(Account account, ApiProperties api, CredentialsSource credentials, Lane lane) {
		return new AccountClient(account, api, this.retry, credentials, lane, this.clock);
	}

}
