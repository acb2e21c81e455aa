package io.jobaudit.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.jobaudit.batch.Normalization.DecidedItem;
import io.jobaudit.fetch.FetchAheadReader;
import io.jobaudit.fetch.FetchedJob;
import io.jobaudit.fetch.FetchedJob.Unchanged;
import io.jobaudit.ledger.ItemRange;
import io.jobaudit.ledger.OutcomeWriter;
import io.jobaudit.normalize.SmartJobNormalizer;
import io.jobaudit.store.SmartJobStore;
import io.jobaudit.store.SmartJobStores;
import io.jobaudit.store.StoreProperties;
import io.jobaudit.store.StoreProperties.AiResultStorage;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Step fetchJobs: every pending item gets its outcome. */
record FetchStep(RunSteps steps, SmartJobStores stores, StoreProperties properties) {

	/**
	 * Maximum number of ids in a transaction if none of them needs a call. It may be
	 * large, because no answer is lost if the process dies.
	 */
	private static final int MOST_UNCHANGED = 2000;

	/** Longest time that an answer waits for others before all are committed. */
	private static final Duration COMMIT_WITHIN = Duration.ofSeconds(4);

	/**
	 * A complete step may be started again: then nothing is pending. Calls continue while
	 * a chunk is written, so a chunk has half of the answers that may be lost if the
	 * process dies. A graceful stop ends the reader, not the step: answers that have
	 * arrived are still written.
	 * <p>
	 * An item of the step is a list of outcomes. The transaction of the step has no
	 * resource, so that no database transaction is open while the reader waits for the
	 * API. The writer opens its own transactions.
	 */
	Step of(OpenRun open) {
		int uncommitted = this.properties.store().chunkSize();
		int chunk = (uncommitted + 1) / 2;
		SmartJobNormalizer normalizer = new SmartJobNormalizer(
				this.properties.store().aiResult() == AiResultStorage.KEEP);
		FetchAheadReader<DecidedItem> reader = open.client()
			.reader(this.steps.ledger().pendingItems(open.run(), open.work().lines(), open.work().refetch()),
					uncommitted - chunk, this.stores.newest(open.run().account()), new Normalization(normalizer),
					open.unwritten());
		open.stop().onStop(reader::stop);
		Runnable usage = open::recordUsage;
		return this.steps.step("fetchJobs")
			.<List<DecidedItem>, List<DecidedItem>>chunk(1)
			.transactionManager(withoutResource())
			.reader(() -> readSome(reader, chunk))
			.stream(reader)
			.writer(new DecidedItemWriter(this.stores.of(open.run().account(), open.runId()),
					this.steps.ledger().outcomeWriter(open.run(), open.fence()), usage, open,
					new TransactionTemplate(this.steps.transactions())))
			.listener(new FetchStepListener(reader, usage, open.stop(), open.figures(), () -> begin(open)))
			.allowStartIfComplete(true)
			.build();
	}

	/** Counts the progress of a whole run only, since a part does not show it. */
	private void begin(OpenRun open) {
		if (open.work().lines().equals(ItemRange.ALL)) {
			open.figures().fetching(this.steps.runs().statement(open.runId()));
		}
	}

	private static @Nullable List<DecidedItem> readSome(FetchAheadReader<DecidedItem> reader, int chunk)
			throws Exception {
		List<DecidedItem> items = new ArrayList<>();
		List<DecidedItem> some;
		do {
			some = reader.readSome(chunk, COMMIT_WITHIN);
			if (some == null) {
				return items.isEmpty() ? null : items;
			}
			items.addAll(some);
		}
		while (some.size() == chunk && items.size() < MOST_UNCHANGED
				&& some.stream().allMatch((item) -> item.fetched() instanceof Unchanged));
		return items;
	}

	/** Has no synchronization, which would keep a connection until the chunk ends. */
	private static PlatformTransactionManager withoutResource() {
		ResourcelessTransactionManager transactions = new ResourcelessTransactionManager();
		transactions.setTransactionSynchronization(AbstractPlatformTransactionManager.SYNCHRONIZATION_NEVER);
		return transactions;
	}

	/**
	 * Writes lists of outcomes, each in a transaction: rows, outcomes and call counts.
	 */
	private record DecidedItemWriter(SmartJobStore store, OutcomeWriter outcomes, Runnable usage, OpenRun open,
			TransactionTemplate transaction) implements ItemWriter<List<DecidedItem>> {

		@Override
		public void write(Chunk<? extends List<DecidedItem>> lists) {
			for (List<DecidedItem> items : lists) {
				this.transaction.executeWithoutResult((status) -> write(items));
				this.open.figures().written();
				items.forEach(this::written);
			}
		}

		private void written(DecidedItem item) {
			this.open.figures().decided(item.fetched().outcome(), item.isFailedJob());
			this.open.unwritten().remove(item.fetched().item().id());
		}

		/**
		 * Without items, stores only the counts of calls, since retries may take long.
		 */
		private void write(List<DecidedItem> items) {
			if (!items.isEmpty()) {
				writeOutcomes(items);
			}
			this.usage.run();
		}

		/**
		 * Writes the outcomes first, because this checks the fence. Otherwise a process
		 * that freezes after locking rows of jobs, but before the check, would block
		 * these rows for other processes.
		 */
		private void writeOutcomes(List<DecidedItem> items) {
			List<FetchedJob> fetched = items.stream().<FetchedJob>map(DecidedItem::fetched).toList();
			this.outcomes.write(new Chunk<>(fetched));
			this.store.write(items.stream().map(DecidedItem::row).filter(Objects::nonNull).toList());
			List<FetchedJob> relabelled = fetched.stream()
				.filter((job) -> job instanceof Unchanged && !job.item().labels().equals("{}"))
				.toList();
			this.store.relabel(relabelled.stream().map((job) -> job.item().id()).toList(),
					relabelled.stream().map((job) -> job.item().labels()).toList());
		}

	}

}
