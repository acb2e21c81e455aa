package io.jobaudit.batch;

import java.util.List;

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
final class AuditJob {

	private static final Logger LOG = LoggerFactory.getLogger(AuditJob.class);

	private static final String NAME = "audit";

	private final JobOperator operator;

	private final JobRepository repository;

	private final List<RunStep> steps;

	private final AbandonedExecutions executions;

	private final Runs runs;

	AuditJob(JobOperator operator, JobRepository repository, List<RunStep> steps, Runs runs) {
		this.operator = operator;
		this.repository = repository;
		this.steps = steps.stream().filter(RunStep::isEnabled).toList();
		this.executions = new AbandonedExecutions(operator, repository);
		this.runs = runs;
	}

	/**
	 * Executes the job from where the run is.
	 * @return its failure; null when it is complete or was stopped
	 */
	@Nullable Throwable execute(OpenRun open) {
		JobParameters parameters = new JobParametersBuilder().addLong("run", open.runId().value()).toJobParameters();
		try {
			if (this.executions.recover(NAME, parameters)) {
				this.runs.callsAreMissing(open.runId());
			}
			return failureOf(this.operator.start(job(open), parameters), open.request().stop());
		}
		catch (JobInstanceAlreadyCompleteException ex) {
			LOG.info("The job of run {} was complete already; only the end of the run was not stored", open.runId());
			return null;
		}
		catch (JobExecutionException | RuntimeException ex) {
			return ex;
		}
	}

	private Job job(OpenRun open) {
		SimpleJobBuilder job = new JobBuilder(NAME, this.repository).start(this.steps.get(0).of(open));
		for (RunStep step : this.steps.subList(1, this.steps.size())) {
			job = job.next(step.of(open));
		}
		return job.build();
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
