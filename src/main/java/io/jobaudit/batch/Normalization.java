package io.jobaudit.batch;

import java.util.function.Function;

import io.jobaudit.fetch.FetchedJob;
import io.jobaudit.fetch.FetchedJob.Found;
import io.jobaudit.normalize.SmartJob;
import io.jobaudit.normalize.SmartJobNormalizer;
import io.jobaudit.store.StoredJob;

/** Turns answers into rows; outcomes without an answer pass through. Thread-safe. */
public final class Normalization implements Function<FetchedJob, DecidedItem> {

	private final SmartJobNormalizer normalizer;

	public Normalization(SmartJobNormalizer normalizer) {
		this.normalizer = normalizer;
	}

	@Override
	public DecidedItem apply(FetchedJob fetched) {
		if (!(fetched instanceof Found found)) {
			return new DecidedItem(fetched, null);
		}
		SmartJob job = this.normalizer.normalize(found.item().id(), found.answer(), found.decidedAt());
		return new DecidedItem(found.withoutBody(), new StoredJob(job, found.item().labels(), found.decidedAt()));
	}

}
