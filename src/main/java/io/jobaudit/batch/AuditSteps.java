package io.jobaudit.batch;

import java.util.Objects;

import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.fetch.FetchAheadReader;
import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.ids.BadInputException;
import io.jobaudit.ids.CsvIdReader;
import io.jobaudit.ids.InputLine;
import io.jobaudit.ledger.ClosingStatement;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.LimitsProperties;
import io.jobaudit.ledger.ListedJobs;
import io.jobaudit.ledger.Runs;
import io.jobaudit.normalize.SmartJobNormalizer;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.WrittenReports;
import io.jobaudit.report.subject.ReportStoppedException;
import io.jobaudit.store.SmartJobStores;
import io.jobaudit.store.StoreProperties;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.PlatformTransactionManager;

/** The job's steps, each made for one run. */
final class AuditSteps {

	private static final int IMPORT_CHUNK = 5000;

	private static final String IMPORT_IDS = "importIds";

	private final JobRepository repository;

	private final PlatformTransactionManager transactions;

	private final Ledger ledger;

	private final Runs runs;

	private final ListedJobs listings;

	private final SmartJobFetch fetch;

	private final SmartJobNormalizer normalizer;

	private final SmartJobStores stores;

	private final StoreProperties storeProperties;

	private final LimitsProperties limits;

	private final ReportWriter reports;

	AuditSteps(JobRepository repository, PlatformTransactionManager transactions, Ledger ledger, Runs runs,
			ListedJobs listings, SmartJobFetch fetch, SmartJobNormalizer normalizer, SmartJobStores stores,
			StoreProperties storeProperties, LimitsProperties limits, ReportWriter reports) {
		this.repository = repository;
		this.transactions = transactions;
		this.ledger = ledger;
		this.runs = runs;
		this.listings = listings;
		this.fetch = fetch;
		this.normalizer = normalizer;
		this.stores = stores;
		this.storeProperties = storeProperties;
		this.limits = limits;
		this.reports = reports;
	}

	/** Every line of the input becomes a pending item or a rejected line. */
	Step importIds(OpenRun open) {
		return new StepBuilder(IMPORT_IDS, this.repository).<InputLine, InputLine>chunk(IMPORT_CHUNK)
			.transactionManager(this.transactions)
			.reader(new CsvIdReader(open.request().input(), () -> this.runs.lastImportedLine(open.runId())))
			.writer(this.ledger.importWriter(open.run(), open.lock()))
			.listener(new ImportListener(open.figures()))
			.interruptionPolicy(open.request().stop())
			.build();
	}

	/** What the import has counted is written down; an input without any id ends here. */
	Step closeImport(OpenRun open) {
		return tasklet("closeImport", open, (contribution, context) -> {
			long lines = linesRead(contribution.getStepExecution());
			this.runs.importComplete(open.runId(), lines);
			if (this.runs.statement(open.runId()).distinctIds() == 0) {
				throw new BadInputException(
						"expected job ids, but of the %d data lines of %s none has a well-formed one%s".formatted(lines,
								open.request().input().source(),
								this.runs.firstRejectedLine(open.runId()).map((line) -> ": " + line).orElse("")));
			}
			return RepeatStatus.FINISHED;
		});
	}

	/**
	 * Every pending item gets its outcome. It may be started again when complete: then
	 * nothing is pending. While a chunk is written calls go on, so a chunk is half of
	 * what may be lost with the process. A polite stop ends the reader, not the step:
	 * what has been answered by then is still written.
	 */
	Step fetchJobs(OpenRun open) {
		int uncommitted = this.storeProperties.store().chunkSize();
		int chunk = (uncommitted + 1) / 2;
		FetchAheadReader<DecidedItem> reader = this.fetch.reader(
				this.ledger.pendingItems(open.run(), open.request().refetch()), uncommitted - chunk,
				this.stores.lastFetched(open.run().account()), new Normalization(this.normalizer));
		open.request().stop().onStop(reader::stop);
		UsageRecorder usage = new UsageRecorder(this.fetch, this.runs, open.runId(), ApiUsage.NONE);
		return new StepBuilder("fetchJobs", this.repository).<DecidedItem, DecidedItem>chunk(chunk)
			.transactionManager(this.transactions)
			.reader(reader)
			.writer(new DecidedItemWriter(this.stores.of(open.run().account(), open.runId()),
					this.ledger.outcomeWriter(open.run(), open.lock()), usage, open.figures()))
			.listener(new FetchStepListener(reader, usage, open.request().stop(),
					() -> open.figures().fetching(this.runs.statement(open.runId()))))
			.allowStartIfComplete(true)
			.build();
	}

	/**
	 * All jobs of the account are listed, so that the run can be held against them. It
	 * begins anew when it was interrupted, and lists nothing when it is complete.
	 */
	Step listJobs(OpenRun open) {
		return tasklet("listJobs", open, new ListingTasklet(open, this.fetch, this.listings, this.runs));
	}

	/** The closing statement must add up. */
	Step closeRun(OpenRun open) {
		return tasklet("closeRun", open, (contribution, context) -> {
			open.figures().reporting();
			ClosingStatement statement = this.runs.statement(open.runId());
			statement.requireReconciled(open.runId());
			this.runs.close(open.runId(), this.limits.status(statement));
			return RepeatStatus.FINISHED;
		});
	}

	/** The reports, whole or not at all. */
	Step writeReports(OpenRun open) {
		return tasklet("writeReports", open, (contribution, context) -> {
			try {
				WrittenReports written = this.reports.write(open.runId(), () -> open.request().stop().reason() != null);
				this.runs.reported(open.runId(), written.directory().toString(), written.summary());
			}
			catch (ReportStoppedException ex) {
				open.request().stop().checkInterrupted(contribution.getStepExecution());
			}
			return RepeatStatus.FINISHED;
		});
	}

	/** What it writes is committed only if the lock was held to the end. */
	private Step tasklet(String name, OpenRun open, Tasklet tasklet) {
		return new StepBuilder(name, this.repository).tasklet((contribution, context) -> {
			open.request().stop().checkInterrupted(contribution.getStepExecution());
			RepeatStatus status = tasklet.execute(contribution, context);
			this.ledger.requireHeld(open.lock());
			return status;
		}, this.transactions).allowStartIfComplete(true).build();
	}

	/** After a restart the import may have been complete in an earlier execution. */
	private long linesRead(StepExecution current) {
		JobInstance instance = current.getJobExecution().getJobInstance();
		StepExecution imported = Objects.requireNonNull(this.repository.getLastStepExecution(instance, IMPORT_IDS),
				"closeImport comes after importIds");
		return imported.getExecutionContext().getLong(CsvIdReader.LINES_READ);
	}

}
