-- The run as its workbooks and run-summary.json name it.
select
  audit.database_identity() as database,
  r.run_id, r.account, r.region, r.status, r.exit_code, r.version, r.input_source, r.input_sha256,
  r.parent_run_id, r.parent_part,
  r.started_at, r.finished_at, r.purged_at,
  r.settings ->> 'audit.api.rate' as configured_rate,
  coalesce(r.settings -> 'callsAtLeast' = 'true', false) as calls_at_least,
  r.api_calls, r.api_throttled, r.api_retries, r.api_waited_ms, r.api_fetch_ms,
  c.lines_read, c.distinct_ids, c.duplicates, c.malformed,
  c.fetched, c.unchanged, c.not_found, c.expired, c.refused, c.unreadable, c.pending,
  (select max(b.run_id) from audit.audit_run b
   where b.account = r.account and b.run_id < r.run_id and b.status = 'COMPLETED') as previous_run_id,
  p.first_created, p.last_created, p.stored_jobs, p.failed_jobs
from audit.audit_run r
join audit.v_run_count c on c.run_id = r.run_id
cross join (
  select min(create_time) as first_created, max(create_time) as last_created,
    count(*) as stored_jobs, count(*) filter (where state = 'Failed') as failed_jobs
  from audit.report_job(:run_id, :account, :from, :to)) as p
where r.run_id = :run_id
