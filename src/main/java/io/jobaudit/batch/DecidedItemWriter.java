package io.jobaudit.batch;

import java.util.List;
import java.util.Objects;

import io.jobaudit.fetch.FetchedJob;
import io.jobaudit.fetch.FetchedJob.Unchanged;
import io.jobaudit.ledger.OutcomeWriter;
import io.jobaudit.store.SmartJobStore;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Writes a chunk in the step's transaction: rows, outcomes and call counts. */
final class DecidedItemWriter implements ItemWriter<DecidedItem> {

	private final SmartJobStore store;

	private final OutcomeWriter outcomes;

	private final UsageRecorder usage;

	private final RunFigures figures;

	DecidedItemWriter(SmartJobStore store, OutcomeWriter outcomes, UsageRecorder usage, RunFigures figures) {
		this.store = store;
		this.outcomes = outcomes;
		this.usage = usage;
		this.figures = figures;
	}

	@Override
	public void write(Chunk<? extends DecidedItem> chunk) throws Exception {
		List<FetchedJob> fetched = chunk.getItems().stream().<FetchedJob>map(DecidedItem::fetched).toList();
		this.store.write(chunk.getItems().stream().map(DecidedItem::row).filter(Objects::nonNull).toList());
		List<FetchedJob> relabelled = fetched.stream().filter(DecidedItemWriter::isUnchangedWithLabels).toList();
		this.store.relabel(relabelled.stream().map((job) -> job.item().id()).toList(),
				relabelled.stream().map((job) -> job.item().labels()).toList());
		this.outcomes.write(new Chunk<>(fetched));
		this.usage.record();
		chunk.getItems().forEach((item) -> this.figures.decided(item.fetched().outcome(), item.isFailedJob()));
	}

	private static boolean isUnchangedWithLabels(FetchedJob job) {
		return job instanceof Unchanged && !job.item().labels().equals("{}");
	}

}
