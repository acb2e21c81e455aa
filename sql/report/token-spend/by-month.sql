-- One row per month in the report's zone, and currency: of creation or, without a time of creation, of first sight. Corrections are
-- in the month in which they were found.
with booking as (
  select to_char(booked_at at time zone cast(:zone as text), 'YYYY-MM') as month, coalesce(currency, '(no price)') as currency,
    usage_status, total_tokens, free_tokens, unpriced_tokens, spend, correction
  from audit.report_booking(:run_id, :account, :from, :to))
select
  month                                                      as "Month",
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
group by month, currency
order by month collate "C" nulls last, currency collate "C"
