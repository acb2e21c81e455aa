package io.jobaudit.batch;

import java.util.function.Supplier;

import io.jobaudit.Account;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.fetch.api.CredentialsSource;
import io.jobaudit.ledger.LimitsProperties;

/**
 * An account and its settings.
 *
 * @param credentials creates a new source of its keys
 */
public record AuditedAccount(Account account, ApiProperties api, Supplier<CredentialsSource> credentials,
		LimitsProperties limits) {

}
