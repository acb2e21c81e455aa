package io.jobaudit.batch;

import java.util.List;
import java.util.Objects;

import io.jobaudit.fetch.FetchedJob;
import io.jobaudit.fetch.FetchedJob.Unchanged;
import io.jobaudit.ledger.OutcomeWriter;
import io.jobaudit.store.SmartJobStore;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes lists of outcomes, each in a transaction: rows, outcomes and call counts. */
final class DecidedItemWriter implements ItemWriter<List<DecidedItem>> {

	private final SmartJobStore store;

	private final OutcomeWriter outcomes;

	private final UsageRecorder usage;

	private final RunFigures figures;

	private final TransactionTemplate transaction;

	DecidedItemWriter(SmartJobStore store, OutcomeWriter outcomes, UsageRecorder usage, RunFigures figures,
			TransactionTemplate transaction) {
		this.store = store;
		this.outcomes = outcomes;
		this.usage = usage;
		this.figures = figures;
		this.transaction = transaction;
	}

	@Override
	public void write(Chunk<? extends List<DecidedItem>> lists) {
		for (List<DecidedItem> items : lists) {
			this.transaction.executeWithoutResult((status) -> write(items));
			items.forEach((item) -> this.figures.decided(item.fetched().outcome(), item.isFailedJob()));
		}
	}

	/** Without items, only the calls are counted: retries may take long. */
	private void write(List<DecidedItem> items) {
		if (!items.isEmpty()) {
			writeOutcomes(items);
		}
		this.usage.record();
	}

	private void writeOutcomes(List<DecidedItem> items) {
		List<FetchedJob> fetched = items.stream().<FetchedJob>map(DecidedItem::fetched).toList();
		this.store.write(items.stream().map(DecidedItem::row).filter(Objects::nonNull).toList());
		List<FetchedJob> relabelled = fetched.stream().filter(DecidedItemWriter::isUnchangedWithLabels).toList();
		this.store.relabel(relabelled.stream().map((job) -> job.item().id()).toList(),
				relabelled.stream().map((job) -> job.item().labels()).toList());
		this.outcomes.write(new Chunk<>(fetched));
	}

	private static boolean isUnchangedWithLabels(FetchedJob job) {
		return job instanceof Unchanged && !job.item().labels().equals("{}");
	}

}
