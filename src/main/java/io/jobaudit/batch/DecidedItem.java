package io.jobaudit.batch;

import io.jobaudit.fetch.FetchedJob;
import io.jobaudit.store.StoredJob;
import org.jspecify.annotations.Nullable;

/**
 * An item with its outcome and, where the API gave one, the row to store: written in one
 * transaction.
 *
 * @param fetched the outcome
 * @param row the row, null for none
 */
public record DecidedItem(FetchedJob fetched, @Nullable StoredJob row) {

	boolean isFailedJob() {
		return this.row != null && "Failed".equals(this.row.job().state());
	}

}
