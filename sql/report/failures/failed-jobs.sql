-- The run's jobs in state Failed, in the order of the input.
select
  job_id                                        as "Job id",
  job_type                                      as "Job type",
  error_code                                    as "Error code",
  error_message                                 as "Error message",
  input_file                                    as "Input file",
  create_time                                   as "Created",
  modified_time                                 as "Modified",
  user_id                                       as "User id",
  user_data                                     as "User data",
  (select string_agg(label.key || '=' || label.value, '; ' order by label.key collate "C")
   from jsonb_each_text(item_labels) as label)  as "Labels",
  request_id                                    as "Request id",
  outcome                                       as "Outcome",
  item_no                                       as "Input line"
from audit.v_run_job
where run_id = :run_id and state = 'Failed'
order by item_no
