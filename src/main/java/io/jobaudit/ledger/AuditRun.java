package io.jobaudit.ledger;

import io.jobaudit.Account;
import io.jobaudit.RunId;

/**
 * A run that has been opened.
 *
 * @param runId its number
 * @param account name of the cloud account
 * @param resumed whether it goes on with an unfinished run
 */
public record AuditRun(RunId runId, Account account, boolean resumed) {
}
