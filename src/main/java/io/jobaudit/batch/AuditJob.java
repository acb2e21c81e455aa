package io.jobaudit.batch;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.jobaudit.RunId;
import io.jobaudit.ids.CsvInput;
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
import org.springframework.batch.core.step.Step;

/**
 * Assembles the Spring Batch jobs of a run, and starts or restarts them. A run of one
 * process is one job. A shared run has one job for its import, one for each part and one
 * for its end, made of the same steps.
 */
record AuditJob(JobOperator operator, JobRepository repository, RunSteps steps, FetchStep fetching, ListStep listing,
		Runs runs) {

	private static final Logger LOG = LoggerFactory.getLogger(AuditJob.class);

	private static final String WHOLE = "audit";

	/**
	 * Executes a whole run, or what is left of it.
	 * @return its failure; null when it is complete or was stopped
	 */
	@Nullable Throwable execute(OpenRun open, CsvInput input) {
		return execute(WHOLE, open, parameters(open.runId()),
				() -> Stream.of(importing(open, input), fetching(open), listing(open), closing(open))
					.flatMap(List::stream)
					.toList());
	}

	/** Imports the ids of a shared run. */
	@Nullable Throwable executeImport(OpenRun open, CsvInput input) {
		return execute("import", open, parameters(open.runId()), () -> importing(open, input));
	}

	/** Fetches a part of a shared run. */
	@Nullable Throwable executePart(OpenRun open, int part) {
		JobParameters parameters = new JobParametersBuilder(parameters(open.runId())).addLong("part", (long) part)
			.toJobParameters();
		return execute("fetch", open, parameters, () -> fetching(open));
	}

	/** Closes a shared run whose parts are fetched, and writes its reports. */
	@Nullable Throwable executeClose(OpenRun open) {
		return execute("close", open, parameters(open.runId()),
				() -> Stream.of(listing(open), closing(open)).flatMap(List::stream).toList());
	}

	private @Nullable Throwable execute(String name, OpenRun open, JobParameters parameters,
			Supplier<List<Step>> steps) {
		try {
			recover(name, open.runId(), parameters);
			return failureOf(this.operator.start(job(name, steps.get()), parameters), open.stop());
		}
		catch (JobInstanceAlreadyCompleteException ex) {
			LOG.info("The job {} of run {} was complete already; only its end was not stored", name, open.runId());
			return null;
		}
		catch (JobExecutionException | RuntimeException ex) {
			return ex;
		}
	}

	/** Ends executions of a run that look alive; called only under its lock. */
	void recover(RunId run) {
		recover(WHOLE, run, parameters(run));
	}

	private void recover(String name, RunId run, JobParameters parameters) {
		if (new AbandonedExecutions(this.operator, this.repository).recover(name, parameters)) {
			this.runs.callsAreMissing(run);
		}
	}

	private static JobParameters parameters(RunId run) {
		return new JobParametersBuilder().addLong("run", run.value()).toJobParameters();
	}

	private List<Step> importing(OpenRun open, CsvInput input) {
		return List.of(this.steps.importIds(open, input), this.steps.closeImport(open, input));
	}

	private List<Step> fetching(OpenRun open) {
		return List.of(this.fetching.of(open));
	}

	private List<Step> listing(OpenRun open) {
		return this.listing.properties().enabled() ? List.of(this.listing.of(open)) : List.of();
	}

	private List<Step> closing(OpenRun open) {
		return List.of(this.steps.closeRun(open), this.steps.writeReports(open), this.steps.compactLedger(open));
	}

	private Job job(String name, List<Step> steps) {
		SimpleJobBuilder job = new JobBuilder(name, this.repository).start(steps.get(0));
		steps.stream().skip(1).forEach(job::next);
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
