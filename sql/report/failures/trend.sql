-- One row per day of creation in the report's zone, for the last 30 days that have jobs: every job of the account, as booked.
-- The steps back from day to day use the index on the creation time.
with recursive step (number, day) as (
  select 1, (
    select cast(create_time at time zone cast(:zone as text) as date)
    from audit.smart_job
    where account = :account and create_time < coalesce(cast(:to as timestamptz), :as_of)
    order by create_time desc
    limit 1)
  union all
  select number + 1, (
    select cast(create_time at time zone cast(:zone as text) as date)
    from audit.smart_job
    where account = :account and create_time < cast(step.day as timestamp) at time zone cast(:zone as text)
    order by create_time desc
    limit 1)
  from step
  where number < 30 and day is not null)
select
  cast(create_time at time zone cast(:zone as text) as date)             as "Day",
  count(*)                                                               as "Jobs",
  count(*) filter (where state = 'Failed')                               as "Failed",
  cast(count(*) filter (where state = 'Failed') as numeric) / count(*)   as "Failure rate %"
from audit.v_booked_job
where account = :account
and create_time >= (select cast(min(day) as timestamp) at time zone cast(:zone as text) from step)
and create_time < coalesce(cast(:to as timestamptz), :as_of)
-- The same of the column that closed months are looked up by.
and booked_at >= (select cast(min(day) as timestamp) at time zone cast(:zone as text) from step)
and booked_at < coalesce(cast(:to as timestamptz), :as_of)
group by 1
order by 1
