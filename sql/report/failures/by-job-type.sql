-- One row per job type, most failures first.
with job as (
  select coalesce(job_type, '(no type)') as job_type, state, error_code
  from audit.report_job(:run_id, :account, :from, :to)),
type as (
  select job_type, count(*) as jobs,
         count(*) filter (where state = 'Finished') as finished,
         count(*) filter (where state = 'Failed') as failed
  from job
  group by job_type),
top_code as (
  select distinct on (job_type) job_type, error_code
  from (
    select job_type, coalesce(error_code, '(no code)') as error_code, count(*) as failed
    from job
    where state = 'Failed'
    group by 1, 2) as by_code
  order by job_type, failed desc, error_code collate "C")
select
  type.job_type                                                as "Job type",
  type.jobs                                                    as "Jobs",
  type.finished                                                as "Finished",
  type.failed                                                  as "Failed",
  type.jobs - type.finished - type.failed                      as "Other states",
  cast(type.failed as numeric) / type.jobs                     as "Failure rate %",
  type.failed / nullif(sum(type.failed) over (), 0)            as "Share of failures %",
  top_code.error_code                                          as "Most frequent error code"
from type
left join top_code on top_code.job_type = type.job_type
order by type.failed desc, type.jobs desc, type.job_type collate "C"
