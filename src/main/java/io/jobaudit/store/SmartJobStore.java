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

	private static final String RELABEL = """
			update audit.smart_job j set labels = j.labels || l.labels::jsonb
			from unnest(?::text[], ?::text[]) as l (job_id, labels)
			where j.account = ? and j.job_id = any(?) and j.job_id = l.job_id and not j.labels @> l.labels::jsonb
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
			Object jobIds = ids.stream().map(SmartJobId::value).toArray(String[]::new);
			this.jdbc.update(RELABEL, jobIds, labels.toArray(String[]::new), this.account.name(), jobIds);
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
