package io.jobaudit.notify;

import java.util.List;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The new kinds of failure of a run, as on the report's sheet. */
final class NewFailures {

	private final JdbcClient jdbc;

	NewFailures(DataSource dataSource) {
		JdbcTemplate template = new JdbcTemplate(dataSource);
		template.setQueryTimeout(5);
		this.jdbc = JdbcClient.create(template);
	}

	List<FailureKind> of(RunId runId, Account account) {
		return this.jdbc
			.sql("""
					select k.job_type, k.error_code, k.jobs
					from audit.failure_kind(:run, (
					  select max(b.run_id) from audit.audit_run b
					  where b.account = :account and b.run_id < :run and b.status = 'COMPLETED'), :account, null, null, null) as k
					where k.status = 'NEW'
					order by k.jobs desc, k.job_type collate "C", k.error_code collate "C"
					""")
			.param("run", runId.value())
			.param("account", account.name())
			.query((row, number) -> new FailureKind(row.getString(1), row.getString(2), row.getLong(3)))
			.list();
	}

	/** A kind of failure that is new in a run. */
	public record FailureKind(String jobType, String errorCode, long jobs) {
	}

}
