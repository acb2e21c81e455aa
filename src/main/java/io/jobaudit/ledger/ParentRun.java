package io.jobaudit.ledger;

import io.jobaudit.RunId;

/**
 * The earlier run whose ids a run fetches again.
 *
 * @param runId the earlier run
 * @param part which of its ids
 */
public record ParentRun(RunId runId, RunSubsets.RunSubset part) {
}
