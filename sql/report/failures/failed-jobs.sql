-- The jobs in state Failed: a run's in input order, a period's by creation. Since is new when the run or period was the first to see
-- the failure, known when an earlier one was, seen later when a later one was, and recovered when the job was booked as failed but
-- no longer is.
select
  j.job_id                                        as "Job id",
  j.job_type                                      as "Job type",
  j.error_code                                    as "Error code",
  j.error_message                                 as "Error message",
  case
    when f.state is distinct from 'Failed' then 'recovered'
    when :run_id is null then case when f.failed_at >= :to then 'seen later' when f.failed_at >= :from then 'new' else 'known' end
    when f.failed_run_id = :run_id then 'new'
    when f.failed_run_id > :run_id then 'seen later'
    else 'known' end                              as "Since",
  j.input_file                                    as "Input file",
  j.create_time                                   as "Created",
  j.modified_time                                 as "Modified",
  j.user_id                                       as "User id",
  j.user_data                                     as "User data",
  (select string_agg(label.key || '=' || label.value, '; ' order by label.key collate "C")
   from jsonb_each_text(j.item_labels) as label)  as "Labels",
  j.request_id                                    as "Request id",
  j.outcome                                       as "Outcome",
  j.item_no                                       as "Input line"
from audit.report_job(:run_id, :account, :from, :to) as j
-- One look-up by key for each job, whatever the planner knows: offset 0 keeps it from joining all failures.
left join lateral (
  select state, failed_run_id, failed_at
  from audit.smart_job
  where account = :account and job_id = j.job_id
  offset 0) as f on true
where j.state = 'Failed'
order by j.item_no, j.create_time, j.job_id collate "C"
