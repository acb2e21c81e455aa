-- One row per kind of failure that the run or period was the first to see of a job, new kinds first, with a failed job as example.
with seen as (
  select job_id, job_type, error_code, error_message, seen_at, false as is_over
  from audit.v_failure
  where account = :account and (failed_run_id = :run_id or :run_id is null and seen_at >= :from and seen_at < :to)
  union all
  select job_id, job_type, error_code, error_message, failed_at, true
  from audit.v_recovery
  where account = :account and (failed_run_id = :run_id or :run_id is null and failed_at >= :from and failed_at < :to)),
-- Of a run, the line of each job, in one pass over its ids.
placed as (
  select s.*, max(s.line) over (partition by s.job_id) as item_no
  from (
    select *, cast(null as bigint) as line from seen
    union all
    select i.job_id, null, null, null, null, null, i.item_no
    from audit.v_item i
    where i.run_id = :run_id and i.outcome in ('FETCHED', 'UNCHANGED', 'EXPIRED')) as s),
booked as (
  select job_id
  from audit.report_job(:run_id, :account, :from, :to)
  where cast(:run_id as bigint) is null and state = 'Failed'),
-- Best is a job that the sheet Failed jobs has: of a run the first in its list.
example as (
  select distinct on (s.job_type, s.error_code) s.job_type, s.error_code, s.job_id, s.error_message
  from placed as s
  left join booked as b on b.job_id = s.job_id
  where s.line is null
  order by s.job_type, s.error_code, case when b.job_id is not null then 0 when not s.is_over then s.item_no end, s.seen_at,
    s.job_id collate "C")
select
  k.job_type                                                                   as "Job type",
  k.error_code                                                                 as "Error code",
  lower(k.status)                                                              as "Status",
  k.jobs                                                                       as "New jobs",
  k.before                                                                     as "Jobs before",
  k.first_seen                                                                 as "First seen",
  k.last_seen                                                                  as "Last seen",
  example.job_id                                                               as "Example job id",
  example.error_message                                                        as "Example message"
from audit.failure_kind(:run_id, :previous_run_id, :account, :from, :to, :previous_from) as k
join example on example.job_type = k.job_type and example.error_code = k.error_code
where k.jobs > 0
order by k.status collate "C", k.jobs desc, k.job_type collate "C", k.error_code collate "C"
