package io.jobaudit.fetch;

import java.time.Clock;

import io.jobaudit.Account;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.fetch.api.VendorCredentials;

/** Makes clients, which share nothing. */
public record AccountClients(RetryProperties retry, Clock clock) {

	/** Makes the client of an account; who asks for it closes it. */
	public AccountClient of(Account account, ApiProperties api) {
		return new AccountClient(account, api, this.retry, new VendorCredentials(), this.clock);
	}

}
