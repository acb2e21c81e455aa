package io.jobaudit.upkeep;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.jobaudit.Account;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What a purge deletes, and what it keeps although it is old.
 *
 * @param runs runs whose ids and rejected lines are deleted
 * @param ids ids of these runs that are deleted
 * @param rejectedLines rejected lines that are deleted
 * @param jobs jobs that are deleted
 * @param changes changes of these jobs
 * @param bookedJobs old jobs that are kept because a closed month refers to them
 * @param openMonths months of creation in UTC of deleted jobs in no closed month, with
 * their number, e.g. {@code 2025-03: 900}
 */
public record PurgeCounts(long runs, long ids, long rejectedLines, long jobs, long changes, long bookedJobs,
		List<String> openMonths) {

	public PurgeCounts {
		openMonths = List.copyOf(openMonths);
	}

	static PurgeCounts read(JdbcOperations jdbc, Account account, Instant before) {
		return new PurgeCounts(count(jdbc,
				"select count(*) from audit.purge_run p join audit.audit_run r using (run_id) where r.purged_at is null"),
				count(jdbc, "select count(*) from audit.purge_item"),
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
