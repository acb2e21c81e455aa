package io.jobaudit.ledger;

/**
 * A run that has been opened.
 *
 * @param runId its number
 * @param account name of the cloud account
 * @param resumed whether it goes on with an unfinished run
 */
public record AuditRun(long runId, String account, boolean resumed) {
}
