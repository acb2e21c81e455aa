-- One row per day in the report's zone, job type and currency: the day of creation or, without a time of creation, of first sight.
-- Corrections are on the day on which they were found. Tokens that no job reports and money without a price stay empty: unknown is
-- not zero.
with part as (
  select
    cast(booked_at at time zone cast(:zone as text) as date) as day,
    coalesce(job_type, '(no type)')                          as job_type,
    case when coalesce(spend, correction) is not null then currency when unpriced_tokens is not null then '(no price)' end as currency,
    count(usage_status)                                      as jobs,
    count(*) filter (where usage_status = 'REPORTED')        as reporting,
    count(*) filter (where usage_status = 'ABSENT')          as silent,
    count(*) filter (where usage_status = 'UNREADABLE')      as unreadable,
    sum(total_tokens)                                        as tokens,
    sum(free_tokens)                                         as free,
    sum(unpriced_tokens)                                     as unpriced,
    sum(spend)                                               as spend,
    sum(correction)                                          as correction,
    sum(coalesce(spend, correction))                         as booked
  from audit.report_booking(:run_id, :account, :from, :to)
  group by 1, 2, 3),
-- Jobs without money, which are free or of unknown tokens, have no row of their own beside those with money.
line as (
  select *, coalesce(currency, min(nullif(currency, '(no price)')) over same, min(currency) over same) as paid_in
  from part
  window same as (partition by day, job_type))
select
  day                                                        as "Day",
  job_type                                                   as "Job type",
  paid_in                                                    as "Currency",
  sum(jobs)                                                  as "Jobs",
  sum(reporting)                                             as "Reporting",
  sum(silent)                                                as "Not reporting",
  sum(unreadable)                                            as "Unreadable",
  sum(tokens)                                                as "Total tokens",
  cast(sum(free) as numeric)                                 as "Free tokens",
  cast(sum(unpriced) as numeric)                             as "Unpriced tokens",
  sum(spend)                                                 as "Spend",
  sum(correction)                                            as "Corrections",
  sum(booked)                                                as "Booked"
from line
group by day, job_type, paid_in
order by day nulls last, job_type collate "C", paid_in collate "C" nulls last
