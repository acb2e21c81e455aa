-- One row per error code of the run's failed jobs, the most frequent first, with its first job of the input as example.
with failed as (
  select coalesce(error_code, '(no code)') as error_code, item_no, job_id, job_type, error_message, create_time
  from audit.v_run_job
  where run_id = :run_id and state = 'Failed'),
code as (
  select error_code, count(*) as jobs, count(distinct job_type) as job_types,
         min(create_time) as first_created, max(create_time) as last_created
  from failed
  group by error_code),
example as (
  select distinct on (error_code) error_code, job_id, error_message
  from failed
  order by error_code, item_no)
select
  code.error_code                                                              as "Error code",
  code.jobs                                                                    as "Failed jobs",
  code.jobs / sum(code.jobs) over ()                                           as "Share %",
  sum(code.jobs) over (order by code.jobs desc, code.error_code collate "C") / sum(code.jobs) over () as "Cumulative %",
  code.job_types                                                               as "Job types",
  code.first_created                                                           as "First created",
  code.last_created                                                            as "Last created",
  example.job_id                                                               as "Example job id",
  example.error_message                                                        as "Example message"
from code
join example on example.error_code = code.error_code
order by code.jobs desc, code.error_code collate "C"
