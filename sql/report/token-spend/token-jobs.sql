-- The run's jobs with a usage in the answer, readable or not, in the order of the input.
select
  job_id                                        as "Job id",
  job_type                                      as "Job type",
  state                                         as "State",
  total_tokens                                  as "Total tokens",
  prompt_tokens                                 as "Prompt tokens",
  completion_tokens                             as "Completion tokens",
  usage_status                                  as "Usage",
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
where run_id = :run_id and usage_status <> 'ABSENT'
order by item_no
