package io.jobaudit.batch;

import java.util.List;

import io.jobaudit.fetch.JobListing;
import io.jobaudit.fetch.JobListing.ListingStoppedException;
import io.jobaudit.fetch.api.ListRequest.ListFilter;
import io.jobaudit.fetch.api.ListedJob;
import io.jobaudit.ledger.ListedJobs;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Step listJobs: lists all jobs of the account, so that the run can be compared with
 * them. It starts from the beginning after an interruption, and lists nothing when it is
 * complete.
 */
record ListStep(RunSteps steps, ListedJobs listed, CompletenessProperties properties) {

	Step of(OpenRun open) {
		return this.steps.tasklet("listJobs", open, new ListingTasklet(open));
	}

	/**
	 * Whether a run is compared with the jobs that the API lists.
	 *
	 * @param enabled whether all jobs of the account are listed, at one call per hundred
	 */
	@ConfigurationProperties("audit.completeness")
	record CompletenessProperties(@DefaultValue("false") boolean enabled) {
	}

	/** Lists one page in each transaction; the listing lives as long as the step. */
	private final class ListingTasklet implements Tasklet {

		private final OpenRun open;

		private @Nullable JobListing listing;

		ListingTasklet(OpenRun open) {
			this.open = open;
		}

		@Override
		public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
			if (this.listing == null && listed().isComplete(this.open.runId())) {
				return RepeatStatus.FINISHED;
			}
			if (this.listing == null) {
				listed().begin(this.open.runId());
				this.listing = this.open.client().listing(ListFilter.ALL);
				this.open.stop().onStop(this.listing::stop);
			}
			try {
				return write(this.listing);
			}
			catch (ListingStoppedException ex) {
				this.open.stop().checkInterrupted(contribution.getStepExecution());
				throw ex;
			}
		}

		private RepeatStatus write(JobListing jobs) {
			List<ListedJob> page = jobs.nextPage();
			if (page != null) {
				listed().write(this.open.runId(), page);
				this.open.recordUsage();
				return RepeatStatus.CONTINUABLE;
			}
			listed().complete(this.open.runId(), jobs.totalCount());
			return RepeatStatus.FINISHED;
		}

	}

}
