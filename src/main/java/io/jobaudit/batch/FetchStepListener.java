package io.jobaudit.batch;

import io.jobaudit.fetch.FetchAheadReader;
import io.jobaudit.store.FailureStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/** Fails the step if its reader ended early. Completed items are committed first. */
record FetchStepListener(FetchAheadReader<?> reader, Runnable usage, StopRequest stop, RunFigures figures,
		Runnable onStart) implements StepExecutionListener {

	private static final Logger LOG = LoggerFactory.getLogger(FetchStepListener.class);

	@Override
	public void beforeStep(StepExecution step) {
		this.onStart.run();
	}

	@Override
	public ExitStatus afterStep(StepExecution step) {
		recordUsage();
		RuntimeException failure = this.reader.failure();
		if (failure == null && this.stop.reason() != null && step.getStatus() == BatchStatus.COMPLETED) {
			step.setStatus(BatchStatus.STOPPED);
			return ExitStatus.STOPPED;
		}
		if (failure == null) {
			if (step.getStatus() == BatchStatus.COMPLETED) {
				this.figures.written();
			}
			return step.getExitStatus();
		}
		step.addFailureException(failure);
		step.setStatus(BatchStatus.FAILED);
		return ExitStatus.FAILED.addExitDescription(failure);
	}

	/** A failure to store the counts must not hide how the step ended. */
	private void recordUsage() {
		try {
			this.usage.run();
		}
		catch (RuntimeException ex) {
			LOG.atLevel(FailureStatus.isOutage(ex) ? Level.DEBUG : Level.WARN)
				.setCause(ex)
				.log("The last calls are missing in the run's call counts");
		}
	}

}
