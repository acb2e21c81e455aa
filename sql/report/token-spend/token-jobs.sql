-- Jobs that report usage, readable or not, in input order or else by creation.
select
  job_id                                        as "Job id",
  job_type                                      as "Job type",
  state                                         as "State",
  total_tokens                                  as "Total tokens",
  prompt_tokens                                 as "Prompt tokens",
  completion_tokens                             as "Completion tokens",
  usage_status                                  as "Usage",
  currency                                      as "Currency",
  price_per_1000_tokens                         as "Price of 1,000 tokens",
  spend                                         as "Spend",
  spend_status                                  as "Spend status",
  create_time                                   as "Created",
  modified_time                                 as "Modified",
  user_id                                       as "User id",
  user_data                                     as "User data",
  (select string_agg(label.key || '=' || label.value, '; ' order by label.key collate "C")
   from jsonb_each_text(item_labels) as label)  as "Labels",
  request_id                                    as "Request id",
  outcome                                       as "Outcome",
  item_no                                       as "Input line",
  booked_at                                     as "Booked"
from audit.report_job(:run_id, :account, :from, :to)
where usage_status <> 'ABSENT'
order by item_no, booked_at, job_id collate "C"
