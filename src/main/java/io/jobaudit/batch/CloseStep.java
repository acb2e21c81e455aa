package io.jobaudit.batch;

import io.jobaudit.ClosingStatement;
import io.jobaudit.ledger.LimitsProperties;
import io.jobaudit.ledger.Runs;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Step closeRun: the closing statement must add up.
 *
 * @param steps builds the step
 * @param runs counts and closes
 * @param limits decide the exit status
 */
record CloseStep(GuardedSteps steps, Runs runs, LimitsProperties limits) implements RunStep {

	@Override
	public Step of(OpenRun open) {
		return this.steps.tasklet("closeRun", open, (contribution, context) -> {
			open.figures().reporting();
			ClosingStatement statement = this.runs.statement(open.runId());
			statement.requireReconciled(open.runId());
			this.runs.close(open.runId(), this.limits.status(statement));
			return RepeatStatus.FINISHED;
		});
	}

}
