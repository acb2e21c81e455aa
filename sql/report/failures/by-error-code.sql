-- One row per error code of the failed jobs, most frequent first, with the code's first job as an example. Status, first and last
-- seen are those of every failure of the account with this code: new when the run or period was the first to see one, repeated when
-- it saw new ones of a code that was seen before, quiet when it saw no new one, seen later when only a later run did.
with failed as (
  select coalesce(error_code, '(no code)') as error_code, item_no, job_id, job_type, error_message, create_time
  from audit.report_job(:run_id, :account, :from, :to)
  where state = 'Failed'),
code as (
  select error_code, count(*) as jobs, count(distinct job_type) as job_types,
         min(create_time) as first_created, max(create_time) as last_created
  from failed
  group by error_code),
kind as (
  select error_code, sum(jobs) as jobs, sum(before) as before, min(first_seen) as first_seen, max(last_seen) as last_seen
  from audit.failure_kind(:run_id, :previous_run_id, :account, :from, :to, :previous_from)
  group by error_code),
example as (
  select distinct on (error_code) error_code, job_id, error_message
  from failed
  order by error_code, item_no, create_time, job_id collate "C")
select
  code.error_code                                                              as "Error code",
  code.jobs                                                                    as "Failed jobs",
  code.jobs / sum(code.jobs) over ()                                           as "Share %",
  sum(code.jobs) over (order by code.jobs desc, code.error_code collate "C") / sum(code.jobs) over () as "Cumulative %",
  code.job_types                                                               as "Job types",
  case
    when kind.jobs > 0 and kind.before > 0 then 'repeated'
    when kind.jobs > 0 then 'new'
    when kind.before > 0 then 'quiet'
    else 'seen later' end                                                      as "Status",
  kind.first_seen                                                              as "First seen",
  kind.last_seen                                                               as "Last seen",
  code.first_created                                                           as "First created",
  code.last_created                                                            as "Last created",
  example.job_id                                                               as "Example job id",
  example.error_message                                                        as "Example message"
from code
join example on example.error_code = code.error_code
left join kind on kind.error_code = code.error_code
order by code.jobs desc, code.error_code collate "C"
