package io.jobaudit.ledger;

import io.jobaudit.RunId;

/**
 * Whose ids a run asks about again.
 *
 * @param runId the earlier run
 * @param part which of its ids
 */
public record ParentRun(RunId runId, RunSubset part) {
}
