-- Unfinished jobs older than audit.report.stuck-after, oldest first.
select
  job_id                                                                       as "Job id",
  job_type                                                                     as "Job type",
  coalesce(state, '(no state)')                                                as "State",
  extract(epoch from cast(:as_of as timestamptz) - create_time)                                     as "Age",
  create_time                                                                  as "Created",
  modified_time                                                                as "Modified",
  fetched_at                                                                   as "Last asked",
  input_file                                                                   as "Input file",
  user_id                                                                      as "User id",
  (select string_agg(label.key || '=' || label.value, '; ' order by label.key collate "C")
   from jsonb_each_text(item_labels) as label)                                 as "Labels",
  request_id                                                                   as "Request id"
from audit.report_job(:run_id, :account, :from, :to)
where state is distinct from 'Finished' and state is distinct from 'Failed'
and create_time < cast(:as_of as timestamptz) - :stuck_after * interval '1 second'
order by create_time, job_id collate "C"
