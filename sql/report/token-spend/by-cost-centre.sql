-- One row per cost centre, which audit.report.group-by names, and currency, most tokens first. A closed month keeps its own.
with booking as (
  select audit.group_of(coalesce(group_by, :group_by), user_id, user_data, labels) as booked_to, coalesce(currency, '(no price)') as currency,
    usage_status, total_tokens, free_tokens, unpriced_tokens, spend, correction
  from audit.report_booking(:run_id, :account, :from, :to))
select
  booked_to                                                  as "Cost centre",
  currency                                                   as "Currency",
  count(usage_status)                                        as "Jobs",
  count(*) filter (where usage_status = 'REPORTED')          as "Reporting",
  count(*) filter (where usage_status = 'ABSENT')            as "Not reporting",
  count(*) filter (where usage_status = 'UNREADABLE')        as "Unreadable",
  cast(sum(total_tokens) as numeric)                         as "Total tokens",
  sum(total_tokens) / nullif(sum(sum(total_tokens)) over (), 0) as "Share of tokens %",
  cast(sum(free_tokens) as numeric)                          as "Free tokens",
  cast(sum(unpriced_tokens) as numeric)                      as "Unpriced tokens",
  sum(spend)                                                 as "Spend",
  sum(correction)                                            as "Corrections",
  sum(coalesce(spend, correction))                           as "Booked"
from booking
group by booked_to, currency
order by sum(total_tokens) desc nulls last, count(usage_status) desc, booked_to collate "C" nulls last, currency collate "C"
