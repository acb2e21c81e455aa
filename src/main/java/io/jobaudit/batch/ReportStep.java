package io.jobaudit.batch;

import io.jobaudit.ledger.Runs;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.WrittenReports;
import io.jobaudit.report.subject.ReportStoppedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Step writeReports: all reports or none.
 *
 * @param steps builds the step
 * @param runs remembers where the reports are
 * @param reports writes them
 */
record ReportStep(GuardedSteps steps, Runs runs, ReportWriter reports) implements RunStep {

	@Override
	public Step of(OpenRun open) {
		return this.steps.tasklet("writeReports", open, (contribution, context) -> {
			try {
				WrittenReports written = this.reports.write(open.runId(), () -> open.request().stop().reason() != null);
				this.runs.reported(open.runId(), written.directory().toString(), written.summary());
			}
			catch (ReportStoppedException ex) {
				open.request().stop().checkInterrupted(contribution.getStepExecution());
			}
			return RepeatStatus.FINISHED;
		});
	}

}
