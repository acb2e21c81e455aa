package io.jobaudit.store;

import java.time.Instant;
import java.util.List;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.SmartJobId;
import io.jobaudit.normalize.SmartJob;
import org.springframework.jdbc.core.JdbcOperations;

/** Inserts or updates the jobs of one run; a trigger logs changes. */
public final class SmartJobStore {

	/**
	 * Most nights change no label. So each job is looked up by its key first, and jobs
	 * that change are then found by their row address (ctid), whatever plan the server
	 * uses. No other process writes jobs of the account meanwhile.
	 */
	private static final String RELABEL = """
			update audit.smart_job j set labels = j.labels || n.labels
			from (
			  select s.ctid, l.labels
			  from (
			    select ? as account, u.job_id, u.labels::jsonb as labels
			    from unnest(?::text[], ?::text[]) as u (job_id, labels)) l
			  cross join lateral (
			    select s.ctid, s.labels from audit.smart_job s where s.account = l.account and s.job_id = l.job_id offset 0) s
			  where not s.labels @> l.labels
			  limit ?) n
			where j.ctid = n.ctid
			""";

	private final UpsertStatement upsert;

	private final JdbcOperations jdbc;

	private final Account account;

	SmartJobStore(JdbcOperations jdbc, Account account, RunId runId) {
		this.upsert = new UpsertStatement(account, runId);
		this.jdbc = jdbc;
		this.account = account;
	}

	public void write(List<StoredJob> jobs) {
		if (!jobs.isEmpty()) {
			this.jdbc.batchUpdate(UpsertStatement.SQL, jobs, jobs.size(),
					(statement, job) -> this.upsert.setValues(job, statement));
		}
	}

	/**
	 * Adds the input's labels to jobs that were not fetched again.
	 * @param labels their labels, JSON objects in the same order
	 */
	public void relabel(List<SmartJobId> ids, List<String> labels) {
		if (!ids.isEmpty()) {
			this.jdbc.update(RELABEL, this.account.name(), ids.stream().map(SmartJobId::value).toArray(String[]::new),
					labels.toArray(String[]::new), ids.size());
		}
	}

	/**
	 * A row to store.
	 *
	 * @param labels labels of the input line, a JSON object
	 */
	public record StoredJob(SmartJob job, String labels, Instant fetchedAt) {
	}

}
