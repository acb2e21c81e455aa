package io.jobaudit.batch;

import java.util.function.Supplier;

import io.jobaudit.Account;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.fetch.api.CredentialsSource;
import io.jobaudit.ledger.LimitsProperties;

/**
 * An account and what is set for it.
 *
 * @param credentials gives a source of its keys that has read nothing yet
 */
public record AuditedAccount(Account account, ApiProperties api, Supplier<CredentialsSource> credentials,
		LimitsProperties limits) {

}
