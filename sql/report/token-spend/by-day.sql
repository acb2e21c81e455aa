-- One row per day of creation in the report's zone. Tokens stay empty when no job reports them: unknown is not zero.
select
  cast(create_time at time zone cast(:zone as text) as date)  as "Day",
  count(*)                                                    as "Jobs",
  count(*) filter (where usage_status = 'REPORTED')           as "Reporting",
  count(*) filter (where usage_status = 'ABSENT')             as "Not reporting",
  count(*) filter (where usage_status = 'UNREADABLE')         as "Unreadable",
  cast(sum(total_tokens) as numeric)                          as "Total tokens",
  cast(sum(prompt_tokens) as numeric)                         as "Prompt tokens",
  cast(sum(completion_tokens) as numeric)                     as "Completion tokens"
from audit.report_job(:run_id, :account, :from, :to)
group by 1
order by 1 nulls last
