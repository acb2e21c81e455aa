-- One row per cost centre, which audit.report.group-by names, and currency, most tokens first.
with job as (
  select audit.group_of(:group_by, user_id, user_data, item_labels) as booked_to,
    coalesce(currency, '(no price)') as currency,
    usage_status, total_tokens, spend,
    case when spend_status = 'FREE' then total_tokens end as free_tokens,
    case when spend_status = 'UNPRICED' then total_tokens end as unpriced_tokens
  from audit.report_job(:run_id, :account, :from, :to))
select
  booked_to                                                  as "Cost centre",
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
group by booked_to, currency
order by sum(total_tokens) desc nulls last, count(*) desc, booked_to collate "C" nulls last, currency collate "C"
