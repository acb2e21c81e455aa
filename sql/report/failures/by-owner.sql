-- Who must be called about what: the failed jobs by cost centre, which audit.report.group-by names, user, job type and error code,
-- most first. The example is the job created last, with the id of the request that asked for it and its page in the vendor's API
-- explorer.
with failed as (
  select audit.group_of(coalesce(group_by, :group_by), user_id, user_data, item_labels) as owner, user_id,
    coalesce(job_type, '(no type)') as job_type, coalesce(error_code, '(no code)') as error_code, job_id, request_id, error_message,
    create_time
  from audit.report_job(:run_id, :account, :from, :to)
  where state = 'Failed'),
called as (
  select owner, user_id, job_type, error_code, count(*) as jobs, min(create_time) as first_created, max(create_time) as last_created
  from failed
  group by owner, user_id, job_type, error_code),
example as (
  select distinct on (owner, user_id, job_type, error_code) owner, user_id, job_type, error_code, job_id, request_id, error_message
  from failed
  order by owner, user_id, job_type, error_code, create_time desc nulls last, job_id collate "C")
select
  c.owner                                                                      as "Cost centre",
  c.user_id                                                                    as "User id",
  c.job_type                                                                   as "Job type",
  c.error_code                                                                 as "Error code",
  c.jobs                                                                       as "Failed jobs",
  case when k.jobs > 0 and k.before > 0 then 'repeated' when k.jobs > 0 then 'new' when k.before > 0 then 'quiet'
    else 'seen later' end                                                      as "Status",
  c.first_created                                                              as "First created",
  c.last_created                                                               as "Last created",
  e.job_id                                                                     as "Example job id",
  e.request_id                                                                 as "Request id",
  'https://api.aliyun.com/api/ICE/2020-11-09/GetSmartHandleJob?params=%7B%22JobId%22:%22' || e.job_id || '%22%7D' as "API explorer",
  e.error_message                                                              as "Example message"
from called c
join example e on e.job_type = c.job_type and e.error_code = c.error_code
  and e.owner is not distinct from c.owner and e.user_id is not distinct from c.user_id
left join audit.failure_kind(:run_id, :previous_run_id, :account, :from, :to, :previous_from) as k
  on k.job_type = c.job_type and k.error_code = c.error_code
order by c.jobs desc, c.owner collate "C", c.user_id collate "C", c.job_type collate "C", c.error_code collate "C"
