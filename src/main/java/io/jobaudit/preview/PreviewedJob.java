package io.jobaudit.preview;

import io.jobaudit.Outcome;
import io.jobaudit.SmartJobId;
import io.jobaudit.batch.DecidedItem;
import io.jobaudit.fetch.FetchedJob.NotFetched;
import io.jobaudit.normalize.SmartJob;
import org.jspecify.annotations.Nullable;

/**
 * The API's answer for an id.
 *
 * @param id the id
 * @param outcome its outcome in a run
 * @param job the row that a run would store, null for none
 * @param error code and message of an error, else empty
 */
public record PreviewedJob(SmartJobId id, Outcome outcome, @Nullable SmartJob job, String error) {

	static PreviewedJob of(DecidedItem item) {
		String error = (item.fetched() instanceof NotFetched missing)
				? missing.error().code() + ": " + missing.error().message() : "";
		return new PreviewedJob(item.fetched().item().id(), item.fetched().outcome(),
				(item.row() != null) ? item.row().job() : null, error);
	}

}
