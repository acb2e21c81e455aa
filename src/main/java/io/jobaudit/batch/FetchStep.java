package io.jobaudit.batch;

import java.time.Duration;
import java.util.List;

import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.fetch.FetchAheadReader;
import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.Runs;
import io.jobaudit.normalize.SmartJobNormalizer;
import io.jobaudit.store.SmartJobStores;
import io.jobaudit.store.StoreProperties;
import io.jobaudit.store.StoreProperties.AiResultStorage;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Step fetchJobs: every pending item gets its outcome. */
final class FetchStep implements RunStep {

	/** How long an answer waits for others, before all are committed. */
	private static final Duration COMMIT_WITHIN = Duration.ofSeconds(4);

	private final GuardedSteps steps;

	private final Ledger ledger;

	private final Runs runs;

	private final SmartJobFetch fetch;

	private final SmartJobStores stores;

	private final StoreProperties.Store properties;

	FetchStep(GuardedSteps steps, Ledger ledger, Runs runs, SmartJobFetch fetch, SmartJobStores stores,
			StoreProperties.Store properties) {
		this.steps = steps;
		this.ledger = ledger;
		this.runs = runs;
		this.fetch = fetch;
		this.stores = stores;
		this.properties = properties;
	}

	/**
	 * The step may be started again when complete: then nothing is pending. Calls
	 * continue while a chunk is written, so a chunk is half of what may be lost with the
	 * process. A graceful stop ends the reader, not the step: what has been answered by
	 * then is still written.
	 * <p>
	 * An item of the step is a list of outcomes, and its transaction has no resource: no
	 * database transaction is open while the reader waits for the API. The writer has one
	 * of its own.
	 */
	@Override
	public Step of(OpenRun open) {
		int uncommitted = this.properties.chunkSize();
		int chunk = (uncommitted + 1) / 2;
		SmartJobNormalizer normalizer = new SmartJobNormalizer(this.properties.aiResult() == AiResultStorage.KEEP);
		FetchAheadReader<DecidedItem> reader = this.fetch.reader(
				this.ledger.pendingItems(open.run(), open.request().refetch()), uncommitted - chunk,
				this.stores.lastFetched(open.run().account()), new Normalization(normalizer));
		open.request().stop().onStop(reader::stop);
		UsageRecorder usage = new UsageRecorder(this.fetch, this.runs, open.runId(), ApiUsage.NONE);
		return this.steps.step("fetchJobs")
			.<List<DecidedItem>, List<DecidedItem>>chunk(1)
			.transactionManager(withoutResource())
			.reader(() -> reader.readSome(chunk, COMMIT_WITHIN))
			.stream(reader)
			.writer(new DecidedItemWriter(this.stores.of(open.run().account(), open.runId()),
					this.ledger.outcomeWriter(open.run(), open.lock()), usage, open.figures(),
					new TransactionTemplate(this.steps.transactions())))
			.listener(new FetchStepListener(reader, usage, open.request().stop(),
					() -> open.figures().fetching(this.runs.statement(open.runId()))))
			.allowStartIfComplete(true)
			.build();
	}

	/** Without synchronization, which would keep a connection to the end of the chunk. */
	private static PlatformTransactionManager withoutResource() {
		ResourcelessTransactionManager transactions = new ResourcelessTransactionManager();
		transactions.setTransactionSynchronization(AbstractPlatformTransactionManager.SYNCHRONIZATION_NEVER);
		return transactions;
	}

}
