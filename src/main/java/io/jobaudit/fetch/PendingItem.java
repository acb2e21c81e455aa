package io.jobaudit.fetch;

import io.jobaudit.SmartJobId;

/**
 * An id to fetch, with what is already known about it.
 *
 * @param itemNo the run's number for it
 * @param id the id
 * @param labels labels of the input line, a JSON object
 * @param storedFinal whether it is stored in a final state, so that no call is needed
 * @param storedOverAYear whether it is stored and over a year old, so that the API may
 * have deleted it
 */
public record PendingItem(long itemNo, SmartJobId id, String labels, boolean storedFinal, boolean storedOverAYear) {
}
