-- Changes seen by the run, or all changes of the period's jobs until their month was closed.
with change as (
  select c.*
  from audit.v_change c
  where c.run_id = :run_id and c.cause <> 'REASSIGNED'
  union all
  select c.*
  from audit.report_job(:run_id, :account, :from, :to) j
  join audit.v_change c on c.account = j.account and c.job_id = j.job_id
  left join audit.v_month_close m on m.account = j.account and m.reopened_at is null
    and j.booked_at >= m.starts_at and j.booked_at < m.ends_at
  where cast(:run_id as bigint) is null and c.cause <> 'REASSIGNED' and (m.closed_at is null or c.changed_at <= m.closed_at))
select
  job_id                                        as "Job id",
  new_job_type                                  as "Job type",
  changed_at                                    as "Seen",
  cast(run_id as text)                          as "Run",
  old_state                                     as "Old state",
  new_state                                     as "New state",
  old_usage_status                              as "Old usage",
  new_usage_status                              as "New usage",
  old_total_tokens                              as "Old tokens",
  new_total_tokens                              as "New tokens",
  case when coalesce(old_total_tokens, new_total_tokens) is not null then
    cast(coalesce(new_total_tokens, 0) as numeric) - coalesce(old_total_tokens, 0) end as "Moved tokens",
  nullif(old_job_type, new_job_type)            as "Old job type",
  old_error_code                                as "Old error code",
  new_error_code                                as "New error code"
from change
order by changed_at, change_id
