-- For pivot tables: the exact spend of all jobs and, in a period, corrections, summed up by day, type, cost centre, user and state.
with booked as (
  select booked_at, job_type, audit.group_of(coalesce(group_by, :group_by), user_id, user_data, item_labels) as cost_centre, user_id,
    currency, state, spend_status as status, cast(total_tokens as numeric) as tokens, spend, cast(:run_id as bigint) as run_id, 1 as jobs
  from audit.report_job(:run_id, :account, :from, :to)
  union all
  select seen_at, job_type, audit.group_of(coalesce(group_by, :group_by), user_id, user_data, labels), user_id,
    currency, new_state, 'CORRECTION', tokens, spend, run_id, 0
  from audit.report_correction(:run_id, :account, :from, :to)
  where cast(:run_id as bigint) is null and seen_at >= :from and seen_at < :to)
select
  cast(booked_at at time zone cast(:zone as text) as date)   as "Day",
  to_char(booked_at at time zone cast(:zone as text), 'YYYY-MM') as "Month",
  job_type                                                   as "Job type",
  cost_centre                                                as "Cost centre",
  user_id                                                    as "User",
  currency                                                   as "Currency",
  state                                                      as "State",
  status                                                     as "Status",
  sum(tokens)                                                as "Tokens",
  sum(spend)                                                 as "Spend",
  cast(run_id as text)                                       as "Run",
  sum(jobs)                                                  as "Jobs"
from booked
group by 1, 2, job_type, cost_centre, user_id, currency, state, status, run_id
order by 1, job_type collate "C" nulls last, cost_centre collate "C" nulls last, user_id collate "C" nulls last,
  currency collate "C" nulls last, state collate "C" nulls last, status collate "C", run_id
