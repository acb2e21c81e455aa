package io.jobaudit.batch;

import java.util.List;

import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.RunLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/** The job of one run: put together for it, started or restarted. */
final class AuditJob {

	private static final Logger LOG = LoggerFactory.getLogger(AuditJob.class);

	private static final String NAME = "audit";

	private final JobOperator operator;

	private final JobRepository repository;

	private final AuditSteps steps;

	private final Executions executions;

	AuditJob(JobOperator operator, JobRepository repository, AuditSteps steps) {
		this.operator = operator;
		this.repository = repository;
		this.steps = steps;
		this.executions = new Executions(operator, repository);
	}

	/**
	 * Executes the job from where the run is.
	 * @return what it failed of, null when it did not or was stopped
	 */
	@Nullable Throwable execute(AuditRun run, AuditRequest request, RunLock lock) {
		JobParameters parameters = new JobParametersBuilder().addLong("run", run.runId()).toJobParameters();
		try {
			this.executions.endDead(NAME, parameters);
			return failureOf(this.operator.start(job(run, request, lock), parameters), request.stop());
		}
		catch (JobInstanceAlreadyCompleteException ex) {
			LOG.info("The job of run {} was complete: only the end of the run was left to write down", run.runId());
			return null;
		}
		catch (JobExecutionException | RuntimeException ex) {
			return ex;
		}
	}

	private Job job(AuditRun run, AuditRequest request, RunLock lock) {
		return new JobBuilder(NAME, this.repository).start(this.steps.importIds(run, request, lock))
			.next(this.steps.closeImport(run, request, lock))
			.next(this.steps.fetchJobs(run, request, lock))
			.next(this.steps.closeRun(run, request, lock))
			.next(this.steps.writeReports(run, request, lock))
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
