package io.jobaudit.batch;

import java.util.List;
import java.util.Objects;

import io.jobaudit.ClosingStatement;
import io.jobaudit.ids.CsvIdReader;
import io.jobaudit.ids.CsvInput;
import io.jobaudit.ids.ImportCheck;
import io.jobaudit.ids.InputLine;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.Runs;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.WrittenReports;
import io.jobaudit.report.subject.ReportStoppedException;
import io.jobaudit.store.PlannerStatistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.listener.ItemWriteListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The steps of a run, except those that call the API. All steps commit only while the
 * run's lock is held.
 */
record RunSteps(JobRepository repository, PlatformTransactionManager transactions, Ledger ledger, Runs runs,
		ReportWriter reports, PlannerStatistics statistics) {

	private static final Logger LOG = LoggerFactory.getLogger(RunSteps.class);

	private static final String IMPORT = "importIds";

	/** A step whose writers check the lock themselves. */
	StepBuilder step(String name) {
		return new StepBuilder(name, this.repository);
	}

	/** It may start again when complete; commits only if the lock is still held. */
	Step tasklet(String name, OpenRun open, Tasklet tasklet) {
		return step(name).tasklet((contribution, context) -> {
			open.stop().checkInterrupted(contribution.getStepExecution());
			RepeatStatus status = tasklet.execute(contribution, context);
			this.ledger.requireHeld(open.fence());
			return status;
		}, this.transactions).allowStartIfComplete(true).build();
	}

	/** Every line of the input becomes a pending item or a rejected line. */
	Step importIds(OpenRun open, CsvInput input) {
		return step(IMPORT).<List<InputLine>, List<InputLine>>chunk(1)
			.transactionManager(this.transactions)
			.reader(new CsvIdReader(input, () -> this.runs.lastImportedLine(open.runId())))
			.writer(this.ledger.importWriter(open.run(), open.fence()))
			.listener(new ItemWriteListener<List<InputLine>>() {

				@Override
				public void afterWrite(Chunk<? extends List<InputLine>> blocks) {
					blocks.forEach((lines) -> open.figures().imported(lines.size()));
				}

			})
			.interruptionPolicy(open.stop())
			.build();
	}

	/** Stores what the import has counted; an input without any id ends here. */
	Step closeImport(OpenRun open, CsvInput input) {
		return tasklet("closeImport", open, (contribution, context) -> {
			long lines = linesRead(contribution.getStepExecution());
			long malformed = this.runs.importComplete(open.runId(), lines);
			ImportCheck.check(input, lines, malformed, this.runs.firstRejectedLine(open.runId()).orElse(null))
				.ifPresent(LOG::warn);
			this.statistics.refresh();
			return RepeatStatus.FINISHED;
		});
	}

	/** After a restart the import may have been complete in an earlier execution. */
	private long linesRead(StepExecution current) {
		JobInstance instance = current.getJobExecution().getJobInstance();
		StepExecution imported = Objects.requireNonNull(this.repository.getLastStepExecution(instance, IMPORT),
				"closeImport comes after importIds");
		return imported.getExecutionContext().getLong(CsvIdReader.LINES_READ);
	}

	/** The closing statement must add up. */
	Step closeRun(OpenRun open) {
		return tasklet("closeRun", open, (contribution, context) -> {
			open.figures().reporting();
			ClosingStatement statement = this.runs.statement(open.runId());
			statement.requireReconciled(open.runId());
			this.runs.close(open.runId(), open.work().limits().status(statement));
			open.figures().closed(statement);
			this.statistics.refresh();
			return RepeatStatus.FINISHED;
		});
	}

	/** Moves the ids of the closed run into blocks, which take little space. */
	Step compactLedger(OpenRun open) {
		return tasklet("compactLedger", open,
				(contribution, context) -> RepeatStatus.continueIf(this.runs.compact(open.runId())));
	}

	/** All reports or none. */
	Step writeReports(OpenRun open) {
		return tasklet("writeReports", open, (contribution, context) -> {
			try {
				WrittenReports written = this.reports.write(open.runId(), open);
				this.runs.reported(open.runId(), written.directory().toString(), written.summary());
			}
			catch (ReportStoppedException ex) {
				open.stop().checkInterrupted(contribution.getStepExecution());
			}
			return RepeatStatus.FINISHED;
		});
	}

}
