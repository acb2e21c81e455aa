package io.jobaudit.batch;

import io.jobaudit.ledger.Ledger;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Builds steps that commit only while the run's lock is held.
 *
 * @param repository where executions are recorded
 * @param transactions transactions of the steps
 * @param ledger checks the lock
 */
record GuardedSteps(JobRepository repository, PlatformTransactionManager transactions, Ledger ledger) {

	/** A step whose writers check the lock themselves. */
	StepBuilder step(String name) {
		return new StepBuilder(name, this.repository);
	}

	/**
	 * A step that may be started again when complete. What it writes is committed only if
	 * the lock was held to the end.
	 */
	Step tasklet(String name, OpenRun open, Tasklet tasklet) {
		return step(name).tasklet((contribution, context) -> {
			open.request().stop().checkInterrupted(contribution.getStepExecution());
			RepeatStatus status = tasklet.execute(contribution, context);
			this.ledger.requireHeld(open.lock());
			return status;
		}, this.transactions).allowStartIfComplete(true).build();
	}

}
