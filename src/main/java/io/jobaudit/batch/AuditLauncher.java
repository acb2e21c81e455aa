package io.jobaudit.batch;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

import io.jobaudit.fetch.ApiProperties;
import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.ClosingStatement;
import io.jobaudit.ledger.LimitsProperties;
import io.jobaudit.ledger.RunBook;
import io.jobaudit.ledger.RunOpening;
import io.jobaudit.ledger.RunStatus;
import io.jobaudit.store.StoreProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Runs one audit: opens the run or goes on with it, executes its job, and says how it
 * ended.
 */
public final class AuditLauncher {

	private final JobOperator operator;

	private final JobRepository repository;

	private final AuditSteps steps;

	private final RunBook book;

	private final SmartJobFetch fetch;

	private final ApiProperties api;

	private final StoreProperties store;

	private final LimitsProperties limits;

	AuditLauncher(JobOperator operator, JobRepository repository, AuditSteps steps, RunBook book, SmartJobFetch fetch,
			ApiProperties api, StoreProperties store, LimitsProperties limits) {
		this.operator = operator;
		this.repository = repository;
		this.steps = steps;
		this.book = book;
		this.fetch = fetch;
		this.api = api;
		this.store = store;
		this.limits = limits;
	}

	/**
	 * Runs an audit to its end.
	 * @param request what is asked for
	 * @param version version of job-audit
	 * @param exitCodes exit code of a failure
	 * @return how it ended; whatever failed in the run itself is in there
	 */
	public AuditResult run(AuditRequest request, String version, ToIntFunction<Throwable> exitCodes) {
		this.fetch.requireCredentials();
		AuditRun run = this.book.open(opening(request, version));
		Throwable failure = execute(run, request);
		ClosingStatement statement = this.book.statement(run.runId());
		int exitCode = (failure != null) ? exitCodes.applyAsInt(failure) : this.limits.exitCode(statement);
		this.book.end(run.runId(), (failure != null) ? RunStatus.FAILED : RunStatus.COMPLETED, exitCode);
		String reports = (failure != null) ? null : this.book.reportDirectory(run.runId());
		return new AuditResult(run, statement, exitCode, reports, failure);
	}

	private @Nullable Throwable execute(AuditRun run, AuditRequest request) {
		Job job = new JobBuilder("audit", this.repository).start(this.steps.importIds(run, request))
			.next(this.steps.closeImport(run, request))
			.next(this.steps.fetchJobs(run, request))
			.next(this.steps.closeRun(run))
			.next(this.steps.writeReports(run))
			.build();
		JobParameters parameters = new JobParametersBuilder().addLong("run", run.runId()).toJobParameters();
		try {
			return failureOf(this.operator.start(job, parameters));
		}
		catch (JobExecutionException ex) {
			return ex;
		}
	}

	private static @Nullable Throwable failureOf(JobExecution execution) {
		if (execution.getStatus() == BatchStatus.COMPLETED) {
			return null;
		}
		List<Throwable> failures = execution.getAllFailureExceptions();
		return failures.isEmpty() ? new IllegalStateException("the job ended as " + execution.getExitStatus())
				: failures.get(0);
	}

	private RunOpening opening(AuditRequest request, String version) {
		Map<String, String> settings = Map.of("audit.api.rate", Double.toString(this.api.rate()),
				"audit.api.concurrency", Integer.toString(this.api.concurrency()), "audit.store.ai-result",
				this.store.store().aiResult().name(), "refetch", Boolean.toString(request.refetch()));
		return new RunOpening(this.store.account(), String.valueOf(this.api.region()), request.input().source(),
				request.input().fingerprint(), version, settings, request.fresh());
	}

}
