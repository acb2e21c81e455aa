package io.jobaudit.batch;

import java.util.Objects;

import io.jobaudit.ClosingStatement;
import io.jobaudit.ids.CsvIdReader;
import io.jobaudit.ids.ImportCheck;
import io.jobaudit.ledger.Runs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Step closeImport: stores what the import has counted; an input without any id ends
 * here.
 *
 * @param steps builds the step
 * @param runs takes the counts
 */
record CloseImportStep(GuardedSteps steps, Runs runs) implements RunStep {

	private static final Logger LOG = LoggerFactory.getLogger(CloseImportStep.class);

	@Override
	public Step of(OpenRun open) {
		return this.steps.tasklet("closeImport", open, (contribution, context) -> {
			long lines = linesRead(contribution.getStepExecution());
			this.runs.importComplete(open.runId(), lines);
			ClosingStatement statement = this.runs.statement(open.runId());
			ImportCheck
				.check(open.request().input(), lines, statement.malformed(),
						this.runs.firstRejectedLine(open.runId()).orElse(null))
				.ifPresent(LOG::warn);
			return RepeatStatus.FINISHED;
		});
	}

	/** After a restart the import may have been complete in an earlier execution. */
	private long linesRead(StepExecution current) {
		JobInstance instance = current.getJobExecution().getJobInstance();
		StepExecution imported = Objects.requireNonNull(
				this.steps.repository().getLastStepExecution(instance, ImportStep.NAME),
				"closeImport comes after importIds");
		return imported.getExecutionContext().getLong(CsvIdReader.LINES_READ);
	}

}
