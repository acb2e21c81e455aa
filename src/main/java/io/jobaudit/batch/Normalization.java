package io.jobaudit.batch;

import java.util.function.Function;

import io.jobaudit.fetch.FetchedJob;
import io.jobaudit.fetch.FetchedJob.Found;
import io.jobaudit.normalize.SmartJob;
import io.jobaudit.normalize.SmartJobNormalizer;
import io.jobaudit.store.SmartJobStore.StoredJob;
import org.jspecify.annotations.Nullable;

/** Turns answers into rows; outcomes without an answer pass through. Thread-safe. */
public record Normalization(SmartJobNormalizer normalizer) implements Function<FetchedJob, Normalization.DecidedItem> {

	@Override
	public DecidedItem apply(FetchedJob fetched) {
		if (!(fetched instanceof Found found)) {
			return new DecidedItem(fetched, null);
		}
		SmartJob job = this.normalizer.normalize(found.item().id(), found.answer(), found.decidedAt());
		return new DecidedItem(found.withoutBody(), new StoredJob(job, found.item().labels(), found.decidedAt()));
	}

	/** An item with its outcome and its row, if any: written in one transaction. */
	public record DecidedItem(FetchedJob fetched, @Nullable StoredJob row) {

		boolean isFailedJob() {
			return this.row != null && "Failed".equals(this.row.job().state());
		}

	}

}
