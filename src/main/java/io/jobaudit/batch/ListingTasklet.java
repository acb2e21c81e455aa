package io.jobaudit.batch;

import java.util.List;

import io.jobaudit.fetch.JobListing;
import io.jobaudit.fetch.ListingStoppedException;
import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.fetch.api.ListFilter;
import io.jobaudit.fetch.api.ListedJob;
import io.jobaudit.ledger.ListedJobs;
import io.jobaudit.ledger.Runs;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Stores what the API lists, one page per transaction, once for a run. */
final class ListingTasklet implements Tasklet {

	private final OpenRun open;

	private final SmartJobFetch fetch;

	private final ListedJobs listed;

	private final Runs runs;

	private @Nullable JobListing listing;

	private @Nullable UsageRecorder usage;

	ListingTasklet(OpenRun open, SmartJobFetch fetch, ListedJobs listed, Runs runs) {
		this.open = open;
		this.fetch = fetch;
		this.listed = listed;
		this.runs = runs;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
		if (this.listing == null && this.listed.isComplete(this.open.runId())) {
			return RepeatStatus.FINISHED;
		}
		if (this.listing == null || this.usage == null) {
			this.listed.begin(this.open.runId());
			this.listing = this.fetch.listing(ListFilter.ALL);
			this.usage = new UsageRecorder(this.fetch, this.runs, this.open.runId(), this.fetch.usage());
			this.open.request().stop().onStop(this.listing::stop);
		}
		try {
			return write(this.listing, this.usage);
		}
		catch (ListingStoppedException ex) {
			this.open.request().stop().checkInterrupted(contribution.getStepExecution());
			throw ex;
		}
	}

	private RepeatStatus write(JobListing jobs, UsageRecorder calls) {
		List<ListedJob> page = jobs.nextPage();
		if (page != null) {
			this.listed.write(this.open.runId(), page);
			calls.record();
			return RepeatStatus.CONTINUABLE;
		}
		this.listed.complete(this.open.runId(), jobs.totalCount());
		return RepeatStatus.FINISHED;
	}

}
