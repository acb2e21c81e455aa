package io.jobaudit.upkeep;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.jobaudit.Account;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes old rows. Runs that ended before an instant lose their ids and rejected lines,
 * and the jobs that no other run and no closed month refers to. What is left can still be
 * reported on, and booked figures stay. Items that say when a kept job was first seen are
 * kept too.
 */
final class RowPurge {

	private static final List<String> TABLES = List.of("purge_run", "purge_job", "purge_item", "purge_execution");

	private static final String OLD_RUNS = """
			create temporary table purge_run on commit preserve rows as
			select row_number() over (order by run_id) as n, run_id from audit.audit_run
			where account = ? and (purged_at is not null or coalesce(finished_at, started_at) < ?)
			""";

	private static final String OLD_JOBS = """
			create temporary table purge_job on commit preserve rows as
			select row_number() over () as n, j.job_id, j.create_time from audit.smart_job j
			where j.account = ? and j.fetched_at < ?
			and not exists (
			  select from audit.audit_item i join audit.audit_run r on r.run_id = i.run_id
			  where i.job_id = j.job_id and r.account = j.account
			  and not exists (select from purge_run p where p.run_id = i.run_id))
			and not exists (
			  select from audit.month_close m
			  where m.account = j.account and m.reopened_at is null
			  and (j.create_time >= m.starts_at and j.create_time < m.ends_at
			    or exists (select from audit.closed_job c where c.close_id = m.close_id and c.job_id = j.job_id)))
			""";

	/** All but the items that say when a kept job was first seen. */
	private static final String OLD_ITEMS = """
			create temporary table purge_item on commit preserve rows as
			select row_number() over () as n, i.run_id, i.item_no from audit.audit_item i join purge_run p on p.run_id = i.run_id
			left join audit.smart_job j on j.account = ? and j.job_id = i.job_id and j.first_run_id = i.run_id
			where j.job_id is null or exists (select from purge_job o where o.job_id = j.job_id)
			""";

	private static final String OLD_EXECUTIONS = """
			create temporary table purge_execution on commit preserve rows as
			select row_number() over () as n, e.job_execution_id, e.job_instance_id from batch.batch_job_execution e
			join batch.batch_job_execution_params a on a.job_execution_id = e.job_execution_id
			join purge_run p on a.parameter_name = 'run' and a.parameter_value = p.run_id::text
			""";

	private final DataSource dataSource;

	RowPurge(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Counts old rows, and changes nothing.
	 * @param account name of the cloud account
	 * @param before runs that ended before this instant are old
	 */
	public PurgeCounts plan(Account account, Instant before) throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
			try {
				collect(jdbc, account, before);
				return PurgeCounts.read(jdbc, account, before);
			}
			finally {
				forget(jdbc);
			}
		}
	}

	/**
	 * Deletes old rows, one batch per transaction; the same command resumes.
	 * @param account name of the cloud account
	 * @param before runs that ended before this instant are old
	 * @param guard called in each transaction; what it throws rolls it back
	 * @param stopping polled before each batch: whether to stop
	 * @return what was deleted and kept
	 */
	public PurgeCounts purge(Account account, Instant before, Consumer<JdbcOperations> guard, BooleanSupplier stopping)
			throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			SingleConnectionDataSource single = new SingleConnectionDataSource(connection, true);
			JdbcTemplate jdbc = new JdbcTemplate(single);
			try {
				collect(jdbc, account, before);
				PurgeCounts counts = PurgeCounts.read(jdbc, account, before);
				new RowDeletion(jdbc, new TransactionTemplate(new JdbcTransactionManager(single)), guard, stopping)
					.run(account);
				return counts;
			}
			finally {
				forget(jdbc);
			}
		}
	}

	private static void collect(JdbcTemplate jdbc, Account account, Instant before) {
		forget(jdbc);
		Object cutoff = before.atOffset(ZoneOffset.UTC);
		jdbc.update(OLD_RUNS, account.name(), cutoff);
		jdbc.update(OLD_JOBS, account.name(), cutoff);
		jdbc.update(OLD_ITEMS, account.name());
		jdbc.update(OLD_EXECUTIONS);
		for (String table : TABLES) {
			jdbc.execute("create index on " + table + " (n); analyze " + table);
		}
	}

	private static void forget(JdbcTemplate jdbc) {
		TABLES.forEach((table) -> jdbc.execute("drop table if exists pg_temp." + table));
	}

}
