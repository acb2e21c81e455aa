package io.jobaudit.upkeep;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.jobaudit.Account;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.RunLock;
import io.jobaudit.report.OldReports;
import io.jobaudit.report.OldReports.RemovedReports;
import io.jobaudit.store.StoreProperties;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Deletes old rows in batches, and the reports of the same runs. It holds the run's lock,
 * so that no run writes meanwhile.
 */
public record PurgeLauncher(Ledger ledger, RowPurge rows, OldReports reports, StoreProperties store, Clock clock) {

	public Instant before(Duration age) {
		return this.clock.instant().minus(age);
	}

	/**
	 * Counts what a purge would delete.
	 * @param before runs that ended before this instant are old
	 * @throws SQLException when the database is unavailable
	 */
	public PurgeCounts plan(Instant before) throws SQLException {
		return this.rows.plan(this.store.account(), before);
	}

	/**
	 * Deletes old rows.
	 * @param before runs that ended before this instant are old
	 * @param stopping polled before each batch: whether to stop; the same command resumes
	 * @throws SQLException when the database is unavailable
	 * @throws io.jobaudit.ledger.RunLock.RunLockedException when a run holds the lock
	 */
	public PurgeCounts purge(Instant before, BooleanSupplier stopping) throws SQLException {
		try (RunLock lock = this.ledger.lock(this.store.account())) {
			return this.rows.purge(this.store.account(), before, (jdbc) -> this.ledger.requireHeld(lock, jdbc),
					stopping);
		}
	}

	/**
	 * Removes the reports of runs that were purged, or counts those that would be.
	 * @param before runs that ended before this instant are old
	 * @param parent where the directories of the reports are
	 */
	public RemovedReports removeReports(Instant before, Path parent, boolean dryRun, BooleanSupplier stopping) {
		return this.reports.remove(this.store.account(), before, parent, dryRun, stopping);
	}

	/** What the tables take now. */
	public StoredSize size() {
		return this.ledger.client()
			.sql("""
					select (
					  select sum(pg_total_relation_size(p.relid))
					  from unnest(array['audit.audit_item_row', 'audit.audit_item_block', 'audit.audit_rejected_line']) as t (name)
					  cross join lateral pg_partition_tree(t.name::regclass) p) as ledger,
					  pg_total_relation_size('audit.smart_job') + pg_total_relation_size('audit.smart_job_change') as jobs,
					  (select count(*) from audit.audit_run where purged_at is null) as runs
					""")
			.query((row, number) -> new StoredSize(row.getLong("ledger"), row.getLong("jobs"), row.getLong("runs")))
			.single();
	}

	/**
	 * What the tables of all accounts take, with their indexes.
	 *
	 * @param ledger bytes of the ids and rejected lines of all runs
	 * @param jobs bytes of the jobs and their changes
	 * @param runs runs that are not purged
	 */
	public record StoredSize(long ledger, long jobs, long runs) {
	}

	/**
	 * What a purge deletes, and what it keeps although it is old.
	 *
	 * @param bookedJobs old jobs that are kept because a closed month refers to them
	 * @param openMonths months of creation in UTC of deleted jobs in no closed month,
	 * with their number, e.g. {@code 2025-03: 900}
	 */
	public record PurgeCounts(long runs, long ids, long rejectedLines, long jobs, long changes, long bookedJobs,
			List<String> openMonths) {

		public PurgeCounts {
			openMonths = List.copyOf(openMonths);
		}

		static PurgeCounts read(JdbcOperations jdbc, Account account, Instant before) {
			return new PurgeCounts(count(jdbc,
					"select count(*) from audit.purge_run p join audit.audit_run r using (run_id) where r.purged_at is null"),
					count(jdbc, "select count(*) from audit.v_item join audit.purge_run using (run_id)"),
					count(jdbc, "select count(*) from audit.audit_rejected_line join audit.purge_run using (run_id)"),
					count(jdbc, "select count(*) from audit.purge_job"), count(jdbc, """
							select count(*) from audit.smart_job_change c join audit.purge_job p on p.job_id = c.job_id
							where c.account = ?
							""", account.name()),
					count(jdbc,
							"""
									select count(*) from audit.smart_job j
									where j.account = ? and j.fetched_at < ? and exists (
									  select from audit.month_close m
									  where m.account = j.account and m.reopened_at is null
									  and (coalesce(j.create_time, j.first_seen_at) >= m.starts_at and coalesce(j.create_time, j.first_seen_at) < m.ends_at
									    or exists (select from audit.closed_job c where c.close_id = m.close_id and c.job_id = j.job_id)))
									""",
							account.name(), before.atOffset(ZoneOffset.UTC)),
					jdbc.query(
							"""
									select to_char(create_time at time zone 'UTC', 'YYYY-MM') || ': ' || count(*) from audit.purge_job
									where create_time is not null group by to_char(create_time at time zone 'UTC', 'YYYY-MM') order by 1
									""",
							(row, number) -> row.getString(1)));
		}

		private static long count(JdbcOperations jdbc, String sql, Object... parameters) {
			Long rows = jdbc.queryForObject(sql, Long.class, parameters);
			return (rows != null) ? rows : 0;
		}

	}

}
