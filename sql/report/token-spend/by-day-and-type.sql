-- One row per day in the report's zone, job type and currency: the day of creation or, without a time of creation, of first sight.
-- Corrections are on the day on which they were found. Tokens that no job reports and money without a price stay empty: unknown is
-- not zero.
with booking as (
  select cast(booked_at at time zone cast(:zone as text) as date) as day, coalesce(job_type, '(no type)') as job_type,
    coalesce(currency, '(no price)') as currency,
    usage_status, total_tokens, free_tokens, unpriced_tokens, spend, correction
  from audit.report_booking(:run_id, :account, :from, :to))
select
  day                                                        as "Day",
  job_type                                                   as "Job type",
  currency                                                   as "Currency",
  count(usage_status)                                        as "Jobs",
  count(*) filter (where usage_status = 'REPORTED')          as "Reporting",
  count(*) filter (where usage_status = 'ABSENT')            as "Not reporting",
  count(*) filter (where usage_status = 'UNREADABLE')        as "Unreadable",
  cast(sum(total_tokens) as numeric)                         as "Total tokens",
  cast(sum(free_tokens) as numeric)                          as "Free tokens",
  cast(sum(unpriced_tokens) as numeric)                      as "Unpriced tokens",
  sum(spend)                                                 as "Spend",
  sum(correction)                                            as "Corrections",
  sum(coalesce(spend, correction))                           as "Booked"
from booking
group by day, job_type, currency
order by day nulls last, job_type collate "C", currency collate "C"
