-- The 50 jobs with the most tokens.
with job as (
  select *, total_tokens / nullif(sum(total_tokens) over (), 0) as share
  from audit.report_job(:run_id, :account, :from, :to)
  where total_tokens is not null
  order by total_tokens desc, job_id collate "C"
  limit 50)
select
  job_id                                                          as "Job id",
  job_type                                                        as "Job type",
  state                                                           as "State",
  total_tokens                                                    as "Total tokens",
  share                                                           as "Share of tokens %",
  prompt_tokens                                                   as "Prompt tokens",
  completion_tokens                                               as "Completion tokens",
  currency                                                        as "Currency",
  spend                                                           as "Spend",
  spend_status                                                    as "Spend status",
  create_time                                                     as "Created",
  user_id                                                         as "User id",
  audit.group_of(coalesce(group_by, :group_by), user_id, user_data, item_labels) as "Cost centre",
  title                                                           as "Title"
from job
order by total_tokens desc, job_id collate "C"
