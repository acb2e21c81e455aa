-- One row per month of creation in the report's zone, and currency; jobs without a creation time are in no month.
with job as (
  select to_char(create_time at time zone cast(:zone as text), 'YYYY-MM') as month,
    coalesce(currency, '(no price)') as currency,
    usage_status, total_tokens, spend,
    case when spend_status = 'FREE' then total_tokens end as free_tokens,
    case when spend_status = 'UNPRICED' then total_tokens end as unpriced_tokens
  from audit.report_job(:run_id, :account, :from, :to))
select
  month                                                      as "Month",
  currency                                                   as "Currency",
  count(*)                                                   as "Jobs",
  count(*) filter (where usage_status = 'REPORTED')          as "Reporting",
  count(*) filter (where usage_status = 'ABSENT')            as "Not reporting",
  count(*) filter (where usage_status = 'UNREADABLE')        as "Unreadable",
  cast(sum(total_tokens) as numeric)                         as "Total tokens",
  sum(total_tokens) / nullif(sum(sum(total_tokens)) over (), 0) as "Share of tokens %",
  cast(sum(free_tokens) as numeric)                          as "Free tokens",
  cast(sum(unpriced_tokens) as numeric)                      as "Unpriced tokens",
  sum(spend)                                                 as "Spend"
from job
group by month, currency
order by month collate "C" nulls last, currency collate "C"
