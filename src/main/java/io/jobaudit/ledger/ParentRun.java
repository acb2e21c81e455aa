package io.jobaudit.ledger;

/**
 * Whose ids a run asks about again.
 *
 * @param runId the earlier run
 * @param part which of its ids
 */
public record ParentRun(long runId, RunSubset part) {
}
