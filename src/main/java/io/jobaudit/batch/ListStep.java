package io.jobaudit.batch;

import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.ledger.ListedJobs;
import io.jobaudit.ledger.Runs;
import org.springframework.batch.core.step.Step;

/**
 * Step listJobs: lists all jobs of the account, so that the run can be compared with
 * them. It starts from the beginning after an interruption, and lists nothing when it is
 * complete.
 *
 * @param steps builds the step
 * @param fetch lists the jobs
 * @param listed takes them
 * @param runs takes the calls
 * @param properties whether runs have this step
 */
record ListStep(GuardedSteps steps, SmartJobFetch fetch, ListedJobs listed, Runs runs,
		CompletenessProperties properties) implements RunStep {

	@Override
	public Step of(OpenRun open) {
		return this.steps.tasklet("listJobs", open, new ListingTasklet(open, this.fetch, this.listed, this.runs));
	}

	@Override
	public boolean isEnabled() {
		return this.properties.enabled();
	}

}
