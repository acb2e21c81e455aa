-- Kinds of failure that the run or period did not see: over when none of their stored jobs is failed any more, else quiet; then jobs
-- that were stored as failed and are now in another state.
select what as "What", job_type as "Job type", error_code as "Error code", jobs as "Jobs", job_id as "Job id",
  new_state as "State now", first_seen as "First seen", last_seen as "Last seen", recovered as "Recovered", error_message as "Error message"
from (
  select 1 as block, 'kind' as what, k.job_type, k.error_code, k.previous as jobs, null as job_id, 'none failing' as new_state,
    k.first_seen, k.last_seen, cast(null as timestamptz) as recovered, null as error_message, 0 as change_id
  from audit.failure_kind(:run_id, :previous_run_id, :account, :from, :to, :previous_from) as k
  where k.status = 'RECOVERED'
  union all
  select 2, 'quiet', k.job_type, k.error_code, k.before, null, to_char(k.still_failing, 'FM999,999,999,990') || ' still failing',
    k.first_seen, k.last_seen, null, null, 0
  from audit.failure_kind(:run_id, :previous_run_id, :account, :from, :to, :previous_from) as k
  where k.status = 'QUIET'
  union all
  select 3, 'job', r.job_type, r.error_code, 1, r.job_id, coalesce(r.new_state, '(no state)'), r.failed_at, r.failed_at, r.seen_at,
    r.error_message, r.change_id
  from audit.v_recovery as r
  where r.account = :account
  and (r.run_id = :run_id or :run_id is null and r.seen_at >= :from and r.seen_at < :to)) as recovery
order by block, job_type collate "C", error_code collate "C", job_id collate "C", change_id
