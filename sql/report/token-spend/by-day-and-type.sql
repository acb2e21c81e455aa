-- One row per day of creation in the report's zone, job type and currency. Tokens that no job reports and money without a price
-- stay empty: unknown is not zero.
with job as (
  select cast(create_time at time zone cast(:zone as text) as date) as day, coalesce(job_type, '(no type)') as job_type,
    coalesce(currency, '(no price)') as currency,
    usage_status, total_tokens, spend,
    case when spend_status = 'FREE' then total_tokens end as free_tokens,
    case when spend_status = 'UNPRICED' then total_tokens end as unpriced_tokens
  from audit.report_job(:run_id, :account, :from, :to))
select
  day                                                        as "Day",
  job_type                                                   as "Job type",
  currency                                                   as "Currency",
  count(*)                                                   as "Jobs",
  count(*) filter (where usage_status = 'REPORTED')          as "Reporting",
  count(*) filter (where usage_status = 'ABSENT')            as "Not reporting",
  count(*) filter (where usage_status = 'UNREADABLE')        as "Unreadable",
  cast(sum(total_tokens) as numeric)                         as "Total tokens",
  cast(sum(free_tokens) as numeric)                          as "Free tokens",
  cast(sum(unpriced_tokens) as numeric)                      as "Unpriced tokens",
  sum(spend)                                                 as "Spend"
from job
group by day, job_type, currency
order by day nulls last, job_type collate "C", currency collate "C"
