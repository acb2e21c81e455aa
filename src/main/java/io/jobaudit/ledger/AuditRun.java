package io.jobaudit.ledger;

import io.jobaudit.Account;
import io.jobaudit.RunId;

/**
 * An opened run.
 *
 * @param runId its number
 * @param account name of the cloud account
 * @param resumed whether it resumes an unfinished run
 */
public record AuditRun(RunId runId, Account account, boolean resumed) {
}
