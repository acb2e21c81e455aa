-- One row per day of the period in the report's zone, days without jobs too: the jobs booked on that day. Without jobs the rate is unknown.
with job as (
  select cast(booked_at at time zone cast(:zone as text) as date) as day, count(*) as jobs, count(*) filter (where state = 'Failed') as failed
  from audit.report_job(:run_id, :account, :from, :to)
  group by 1)
select
  cast(d.day as date)                                                          as "Day",
  coalesce(job.jobs, 0)                                                        as "Jobs",
  coalesce(job.failed, 0)                                                      as "Failed",
  cast(job.failed as numeric) / job.jobs                                       as "Failure rate %"
from generate_series(
  cast(cast(:from as timestamptz) at time zone cast(:zone as text) as date),
  cast(cast(:to as timestamptz) at time zone cast(:zone as text) as date) - 1, interval '1 day') as d (day)
left join job on job.day = cast(d.day as date)
order by 1
