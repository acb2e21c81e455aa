-- One row per kind of failure that the run or period was the first to see of a job, new kinds first, with a failed job as example.
with seen as (
  select s.*
  from audit.seen_failure(:run_id, :previous_run_id, :account, :from, :to, :previous_from) as s
  where s.seen = 'NOW'),
example as (
  select distinct on (s.job_type, s.error_code) s.job_type, s.error_code, s.job_id, s.error_message
  from seen as s
  left join audit.report_job(:run_id, :account, :from, :to) as j on j.job_id = s.job_id and j.state = 'Failed'
  order by s.job_type, s.error_code, j.job_id is null, j.item_no, s.seen_at, s.job_id collate "C")
select
  k.job_type                                                                   as "Job type",
  k.error_code                                                                 as "Error code",
  k.status                                                                     as "Status",
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
