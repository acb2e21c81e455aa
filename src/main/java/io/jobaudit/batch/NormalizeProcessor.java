package io.jobaudit.batch;

import io.jobaudit.fetch.FetchedJob;
import io.jobaudit.fetch.FetchedJob.Found;
import io.jobaudit.normalize.SmartJob;
import io.jobaudit.normalize.SmartJobNormalizer;
import io.jobaudit.store.StoredJob;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Turns answers into rows; outcomes without an answer pass. Many threads at a time.
 */
final class NormalizeProcessor implements ItemProcessor<FetchedJob, DecidedItem> {

	private final SmartJobNormalizer normalizer;

	NormalizeProcessor(SmartJobNormalizer normalizer) {
		this.normalizer = normalizer;
	}

	@Override
	public DecidedItem process(FetchedJob fetched) {
		if (!(fetched instanceof Found found)) {
			return new DecidedItem(fetched, null);
		}
		SmartJob job = this.normalizer.normalize(found.inquiry().id(), found.answer());
		return new DecidedItem(found.withoutBody(), new StoredJob(job, found.inquiry().labels(), found.decidedAt()));
	}

}
