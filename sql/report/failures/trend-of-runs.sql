-- One row per run, oldest first: the complete runs of the same list before this one, at most 29, and this one. What became of the
-- jobs of an earlier run is what its own reports say, unknown if there are none.
with run as (
  select r.run_id, r.started_at, r.finished_at, r.distinct_ids, r.api_throttled,
    case when r.summary is not null then (
      select coalesce(sum(cast(value as bigint)), 0) from jsonb_each_text(r.summary #> '{jobs,byState}')) end as jobs,
    case when r.summary is not null then coalesce(cast(r.summary #>> '{jobs,byState,Failed}' as bigint), 0) end as failed,
    cast(r.summary #>> '{outcomes,UNREADABLE}' as bigint) as unreadable
  from audit.earlier_run(:run_id) e
  join audit.audit_run r on r.run_id = e.run_id
  where e.nth <= 29
  union all
  select r.run_id, r.started_at, r.finished_at, c.distinct_ids, r.api_throttled, j.jobs, j.failed, c.unreadable
  from audit.audit_run r
  join audit.v_run_count c on c.run_id = r.run_id
  cross join (
    select count(*) as jobs, count(*) filter (where state = 'Failed') as failed
    from audit.report_job(:run_id, :account, :from, :to)) as j
  where r.run_id = :run_id)
select
  cast(r.started_at at time zone cast(:zone as text) as date)                  as "Day",
  cast(r.run_id as text)                                                       as "Run",
  r.distinct_ids                                                               as "Distinct ids",
  r.jobs                                                                       as "Jobs",
  r.failed                                                                     as "Failed",
  cast(r.failed as numeric) / nullif(r.jobs, 0)                                as "Failure rate %",
  audit.newly_failed(:account, r.run_id)                                       as "Newly failed",
  r.unreadable                                                                 as "Unreadable",
  r.api_throttled                                                              as "Throttled calls",
  extract(epoch from r.finished_at - r.started_at)                             as "Duration"
from run r
order by r.run_id
