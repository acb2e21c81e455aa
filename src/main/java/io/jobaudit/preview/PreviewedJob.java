package io.jobaudit.preview;

import io.jobaudit.Outcome;
import io.jobaudit.SmartJobId;
import io.jobaudit.batch.DecidedItem;
import io.jobaudit.fetch.FetchedJob.NotFetched;
import io.jobaudit.normalize.SmartJob;
import org.jspecify.annotations.Nullable;

/**
 * What the API says about an id.
 *
 * @param id the id
 * @param outcome what would become of it
 * @param job the row that would be stored, null when there is none
 * @param error code and message where there is no job, else empty
 */
public record PreviewedJob(SmartJobId id, Outcome outcome, @Nullable SmartJob job, String error) {

	static PreviewedJob of(DecidedItem item) {
		String error = (item.fetched() instanceof NotFetched missing)
				? missing.error().code() + ": " + missing.error().message() : "";
		return new PreviewedJob(item.fetched().item().id(), item.fetched().outcome(),
				(item.row() != null) ? item.row().job() : null, error);
	}

}
