package io.jobaudit.store;

import java.time.Instant;

import io.jobaudit.normalize.SmartJob;

/**
 * A row to store.
 *
 * @param job the job
 * @param labels labels of the input line, a JSON object
 * @param fetchedAt when the API gave the answer
 */
public record StoredJob(SmartJob job, String labels, Instant fetchedAt) {
}
