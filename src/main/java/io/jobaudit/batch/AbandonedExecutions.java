package io.jobaudit.batch;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Executions that earlier processes left unfinished in Spring Batch's tables. */
record AbandonedExecutions(JobOperator operator, JobRepository repository) {

	private static final Logger LOG = LoggerFactory.getLogger(AbandonedExecutions.class);

	private static final Set<String> CALLING = Set.of("fetchJobs", "listJobs");

	/**
	 * Ends executions that look alive or whose end is unknown, so that the job can be
	 * restarted. Called only under the run's lock, which proves that their process is
	 * dead.
	 * @return whether a process ended while it made calls, so that not all calls are
	 * counted
	 */
	boolean recover(String job, JobParameters parameters) {
		JobInstance instance = this.repository.getJobInstance(job, parameters);
		if (instance == null) {
			return false;
		}
		List<JobExecution> executions = this.repository.getJobExecutions(instance);
		if (executions.isEmpty()) {
			// The process died after adding the instance, before adding an execution,
			// which a restart needs. The writer role may not delete the instance.
			LOG.info("Recovering a run whose process ended before its first execution");
			fail(this.repository.createJobExecution(instance, parameters, new ExecutionContext()));
		}
		boolean calling = executions.stream()
			.flatMap((execution) -> execution.getStepExecutions().stream())
			.anyMatch((step) -> isOpen(step.getStatus()) && CALLING.contains(step.getStepName()));
		for (JobExecution execution : executions) {
			if (execution.isRunning()) {
				LOG.info("Recovering execution {}: its process is dead", execution.getId());
				this.operator.recover(execution);
			}
			else if (isUnknown(execution)) {
				LOG.info("Recovering execution {}: it ended while the database was unavailable", execution.getId());
				fail(execution);
			}
		}
		return calling;
	}

	private static boolean isUnknown(JobExecution execution) {
		return execution.getStatus() == BatchStatus.UNKNOWN
				|| execution.getStepExecutions().stream().anyMatch((step) -> isOpen(step.getStatus()));
	}

	private static boolean isOpen(BatchStatus status) {
		return status == BatchStatus.UNKNOWN || status.isRunning();
	}

	/**
	 * Fails an execution that the framework cannot recover. The ledger has the outcomes.
	 */
	private void fail(JobExecution execution) {
		for (StepExecution step : execution.getStepExecutions()) {
			if (isOpen(step.getStatus())) {
				step.setStatus(BatchStatus.FAILED);
				step.setEndTime(LocalDateTime.now());
				this.repository.update(step);
			}
		}
		execution.setStatus(BatchStatus.FAILED);
		execution.setEndTime(LocalDateTime.now());
		this.repository.update(execution);
	}

}
