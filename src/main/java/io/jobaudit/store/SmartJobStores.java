package io.jobaudit.store;

import java.util.Collection;
import java.util.Optional;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.SmartJobId;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The package's entry point: a store for each run. */
public record SmartJobStores(JdbcOperations jdbc) {

	/** The newest of the stored jobs: the API will know it longest. */
	public Optional<SmartJobId> newest(Account account) {
		return this.jdbc
			.query("select job_id from audit.smart_job where account = ?"
					+ " order by coalesce(create_time, first_seen_at) desc limit 1",
					(row, number) -> new SmartJobId(row.getString(1)), account.name())
			.stream()
			.findFirst();
	}

	/** How many of these ids are stored in a final state, so that they need no call. */
	public long countFinal(Account account, Collection<SmartJobId> ids) {
		Long count = this.jdbc.queryForObject("""
				select count(*) from audit.smart_job
				where account = ? and job_id = any (?) and state in ('Finished', 'Failed')
				""", Long.class, account.name(), ids.stream().map(SmartJobId::value).toArray(String[]::new));
		return (count != null) ? count : 0;
	}

	public SmartJobStore of(Account account, RunId runId) {
		return new SmartJobStore(this.jdbc, account, runId);
	}

	public StoredJobs rows(Account account) {
		return new StoredJobs(JdbcClient.create(this.jdbc), this.jdbc, account);
	}

}
