package io.jobaudit.batch;

import java.util.List;

import io.jobaudit.RunId;
import io.jobaudit.ledger.Runs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/** The job of one run: assembled for it, started or restarted. */
record AuditJob(JobOperator operator, JobRepository repository, RunSteps steps, FetchStep fetching, ListStep listing,
		Runs runs) {

	private static final Logger LOG = LoggerFactory.getLogger(AuditJob.class);

	private static final String NAME = "audit";

	/**
	 * Executes the job from where the run is.
	 * @return its failure; null when it is complete or was stopped
	 */
	@Nullable Throwable execute(OpenRun open) {
		try {
			recover(open.runId());
			return failureOf(this.operator.start(job(open), parameters(open.runId())), open.request().stop());
		}
		catch (JobInstanceAlreadyCompleteException ex) {
			LOG.info("The job of run {} was complete already; only the end of the run was not stored", open.runId());
			return null;
		}
		catch (JobExecutionException | RuntimeException ex) {
			return ex;
		}
	}

	/** Ends executions of a run that look alive; called only under its lock. */
	void recover(RunId run) {
		if (new AbandonedExecutions(this.operator, this.repository).recover(NAME, parameters(run))) {
			this.runs.callsAreMissing(run);
		}
	}

	private static JobParameters parameters(RunId run) {
		return new JobParametersBuilder().addLong("run", run.value()).toJobParameters();
	}

	private Job job(OpenRun open) {
		SimpleJobBuilder job = new JobBuilder(NAME, this.repository).start(this.steps.importIds(open))
			.next(this.steps.closeImport(open))
			.next(this.fetching.of(open));
		if (this.listing.properties().enabled()) {
			job = job.next(this.listing.of(open));
		}
		return job.next(this.steps.closeRun(open))
			.next(this.steps.writeReports(open))
			.next(this.steps.compactLedger(open))
			.build();
	}

	private static @Nullable Throwable failureOf(JobExecution execution, StopRequest stop) {
		if (execution.getStatus() == BatchStatus.COMPLETED
				|| (execution.getStatus() == BatchStatus.STOPPED && stop.reason() != null)) {
			return null;
		}
		List<Throwable> failures = execution.getAllFailureExceptions();
		return failures.isEmpty() ? new IllegalStateException("the job ended as " + execution.getExitStatus())
				: failures.get(0);
	}

}
