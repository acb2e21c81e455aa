-- What the head of the page says about a period; the period before is as long, and unknown without jobs.
select cast(0 as bigint) as ids, j.jobs, j.failed, k.newly_failed, k.new_kinds, k.still_failing, cast(0 as bigint) as unusual, j.tokens,
  case when b.jobs > 0
    then '${period.days|' || to_char(cast(:previous_from as timestamptz) at time zone cast(:zone as text), 'YYYY-MM-DD') || '|'
      || to_char(cast(:from as timestamptz) at time zone cast(:zone as text) - interval '1 day', 'YYYY-MM-DD') || '}' end as before,
  b.tokens as tokens_before
from (
  select count(*) as jobs, count(*) filter (where state = 'Failed') as failed, cast(sum(total_tokens) as numeric) as tokens
  from audit.report_job(:run_id, :account, :from, :to)) as j
cross join (
  select coalesce(sum(jobs), 0) as newly_failed, count(*) filter (where status = 'NEW') as new_kinds,
    coalesce(sum(still_failing), 0) as still_failing
  from audit.failure_kind(:run_id, :previous_run_id, :account, :from, :to, :previous_from)) as k
cross join (
  select count(*) as jobs, cast(sum(total_tokens) as numeric) as tokens
  from audit.v_booked_job
  where account = :account and booked_at >= :previous_from and booked_at < :from) as b
