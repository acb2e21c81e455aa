package io.jobaudit.ledger;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

import io.jobaudit.RunId;
import io.jobaudit.fetch.api.ListedJob;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The jobs that the API lists for a run's completeness check, each once. */
public record ListedJobs(JdbcClient jdbc, Clock clock) {

	/** Whether all jobs are stored. */
	public boolean isComplete(RunId runId) {
		return this.jdbc.sql("select exists (select from audit.audit_listing where run_id = :run)")
			.param("run", runId.value())
			.query(Boolean.class)
			.single();
	}

	/** Starts from the beginning: an interrupted list cannot be resumed. */
	public void begin(RunId runId) {
		this.jdbc.sql("delete from audit.audit_listed_job where run_id = :run").param("run", runId.value()).update();
	}

	/** Stores a page; a job that is stored already is not changed. */
	public void write(RunId runId, List<ListedJob> page) {
		this.jdbc.sql("""
				insert into audit.audit_listed_job (run_id, job_id, job_type, state, create_time)
				select :run, j.job_id, j.job_type, j.state, j.create_time::timestamptz
				from unnest(:ids, :types, :states, :times) as j (job_id, job_type, state, create_time)
				on conflict (run_id, job_id) do nothing
				""")
			.param("run", runId.value())
			.param("ids", texts(page, ListedJob::jobId), Types.ARRAY)
			.param("types", texts(page, ListedJob::jobType), Types.ARRAY)
			.param("states", texts(page, ListedJob::state), Types.ARRAY)
			.param("times", texts(page, (job) -> (job.createTime() != null) ? job.createTime().toString() : null),
					Types.ARRAY)
			.update();
	}

	/**
	 * Marks the list as complete.
	 * @param totalCount number of jobs that the API reports, null when it does not
	 */
	public void complete(RunId runId, @Nullable Long totalCount) {
		this.jdbc.sql("insert into audit.audit_listing (run_id, listed_at, total_count) values (:run, :now, :total)")
			.param("run", runId.value())
			.param("now", Timestamp.from(this.clock.instant()))
			.param("total", totalCount, Types.BIGINT)
			.update();
	}

	private static Object texts(List<ListedJob> page, Function<ListedJob, @Nullable String> text) {
		return page.stream().map(text).toArray(String[]::new);
	}

}
